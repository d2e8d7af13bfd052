package io.carafe.ports.tck.image;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content with its digest. */
public record TestBlob(Descriptor descriptor, byte[] content) {
    public static TestBlob of(String mediaType, byte[] content) {
        return new TestBlob(new Descriptor(mediaType, sha256(content), new Bytes(content.length)), content);
    }

    public Digest digest() {
        return descriptor.digest();
    }

    /** The descriptor as JSON, with more members where {@code more} is not empty. */
    String json(String more) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + digest() + "\",\"size\":"
                + content.length + more + "}";
    }

    public static Digest sha256(byte[] content) {
        try {
            return Digest.sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
