package io.carafe.conformance.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A tar archive (ustar) in the making. Owner is root unless said otherwise, times are zero, so equal calls give equal bytes. */
final class Tar {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Tar dir(String path, int mode) {
        return entry(path + "/", '5', mode, 0, "", new byte[0]);
    }

    Tar file(String path, int mode, String content) {
        return file(path, mode, content.getBytes(UTF_8));
    }

    Tar file(String path, int mode, byte[] content) {
        return entry(path, '0', mode, 0, "", content);
    }

    Tar ownedFile(String path, int mode, int owner, String content) {
        return entry(path, '0', mode, owner, "", content.getBytes(UTF_8));
    }

    Tar symlink(String path, String target) {
        return entry(path, '2', 0777, 0, target, new byte[0]);
    }

    Tar hardLink(String path, String target) {
        return entry(path, '1', 0755, 0, target, new byte[0]);
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(out.toByteArray());
        all.writeBytes(new byte[2 * BLOCK]);
        return all.toByteArray();
    }

    private Tar entry(String path, char type, int mode, int owner, String link, byte[] content) {
        var header = new byte[BLOCK];
        put(header, 0, path);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "%07o".formatted(owner));
        put(header, 116, "%07o".formatted(owner));
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
