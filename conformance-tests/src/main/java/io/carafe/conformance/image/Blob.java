package io.carafe.conformance.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that a registry keeps by digest, with the media type that a descriptor of them carries. */
record Blob(String mediaType, byte[] bytes) {
    String digest() {
        return sha256(bytes);
    }

    String descriptor() {
        return Json.object("mediaType", mediaType, "digest", digest(), "size", bytes.length);
    }

    static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
