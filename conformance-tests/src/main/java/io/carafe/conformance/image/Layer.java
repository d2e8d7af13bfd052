package io.carafe.conformance.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/** One layer: the blob as it travels, and the digest of the tar inside (the image's diff id). */
record Layer(Blob blob, String diffId) {
    private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    static Layer gzip(Tar tar) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Layer(new Blob(TAR + "+gzip", packed.toByteArray()), Blob.sha256(tar.bytes()));
    }

    static Layer plain(Tar tar) {
        return new Layer(new Blob(TAR, tar.bytes()), Blob.sha256(tar.bytes()));
    }

    /** A zstd frame of raw blocks only (RFC 8878, 3.1.1): any decoder must take it, and no encoder is needed. */
    static Layer zstd(Tar tar) {
        int rawBlock = 128 * 1024;
        byte[] content = tar.bytes();
        var frame = ByteBuffer.allocate(content.length + 64 + 3 * (content.length / rawBlock + 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xFD2FB528);
        frame.put((byte) 0xA0); // single segment, content size in 4 bytes, no checksum, no dictionary
        frame.putInt(content.length);
        for (int at = 0; at < content.length; at += rawBlock) {
            int length = Math.min(rawBlock, content.length - at);
            int last = at + length == content.length ? 1 : 0;
            int header = last | length << 3;
            frame.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16));
            frame.put(content, at, length);
        }
        var bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return new Layer(new Blob(TAR + "+zstd", bytes), Blob.sha256(content));
    }

    /** The same bytes under a diff id that they do not have. */
    Layer withDiffId(String other) {
        return new Layer(blob, other);
    }

    /** The same bytes as Docker's manifests name them. */
    Layer inDockersWords() {
        return new Layer(new Blob("application/vnd.docker.image.rootfs.diff.tar.gzip", blob.bytes()), diffId);
    }
}
