package io.carafe.domain.image;

import io.carafe.domain.fault.Fault;

/** A content digest, "sha256:" and 64 hex digits (or "sha512:" and 128). Source: image-spec descriptor.md. */
public record Digest(String value) {
    public Digest {
        if (!isDigest(value)) {
            throw new Fault.InvalidArgument("'" + value + "' is not a digest: want sha256: and 64 hex digits");
        }
    }

    public static boolean isDigest(String text) {
        return text.matches("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    }

    public static Digest sha256(String hex) {
        return new Digest("sha256:" + hex);
    }

    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    public String hex() {
        return value.substring(value.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
