package io.carafe.registry;

import io.carafe.domain.image.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of bytes. */
final class Digesting {
    private Digesting() {}

    static MessageDigest start(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 and SHA-512", e);
        }
    }

    static Digest of(String algorithm, byte[] bytes) {
        MessageDigest digest = start(algorithm);
        digest.update(bytes);
        return finish(algorithm, digest);
    }

    static Digest finish(String algorithm, MessageDigest digest) {
        return new Digest(algorithm + ":" + HexFormat.of().formatHex(digest.digest()));
    }
}
