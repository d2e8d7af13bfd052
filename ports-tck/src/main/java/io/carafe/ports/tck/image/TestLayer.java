package io.carafe.ports.tck.image;

import io.carafe.domain.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A layer that is made file by file: a gzipped ustar archive. */
public final class TestLayer {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    public TestLayer directory(String path) {
        return entry(path, '5', 0755, "", new byte[0]);
    }

    public TestLayer file(String path, int mode, byte[] content) {
        return entry(path, '0', mode, "", content);
    }

    public TestLayer file(String path, String content) {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestLayer symlink(String path, String target) {
        return entry(path, '2', 0777, target, new byte[0]);
    }

    public TestLayer hardLink(String path, String target) {
        return entry(path, '1', 0644, target, new byte[0]);
    }

    /** The digest of the archive before compression. */
    public Digest diffId() {
        return TestBlob.sha256(archive());
    }

    public byte[] archive() {
        return Arrays.copyOf(tar.toByteArray(), tar.size() + 2 * BLOCK);
    }

    public TestBlob gzipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(archive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestBlob.of("application/vnd.oci.image.layer.v1.tar+gzip", out.toByteArray());
    }

    private TestLayer entry(String path, char type, int mode, String link, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, 100, path);
        put(header, 100, 8, "%07o".formatted(mode));
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, "%011o".formatted(content.length));
        put(header, 136, 12, "00000000000");
        put(header, 148, 8, "        "); // the checksum counts itself as blanks
        header[156] = (byte) type;
        put(header, 157, 100, link);
        put(header, 257, 8, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, "%06o\0 ".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    private static void put(byte[] header, int offset, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new IllegalArgumentException(
                    "'" + text + "' is longer than the " + length + " bytes of its tar field");
        }
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
