package io.carafe.ports.tck;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes image layers, honest and hostile ones, for tests: {@code new TckLayer().directory("etc", 0755).file("etc/motd", "hi")}.
 * Plain ustar, owner root, names up to 100 bytes.
 */
public final class TckLayer {
    private static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String PLAIN = "application/vnd.oci.image.layer.v1.tar";
    private static final int BLOCK = 512;
    /** 2020-01-01, of every entry. */
    public static final long MODIFIED = 1_577_836_800L;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    public TckLayer file(String name, String text) {
        return file(name, 0644, text);
    }

    public TckLayer file(String name, int mode, String text) {
        return entry(name, '0', mode, "", text.getBytes(StandardCharsets.UTF_8));
    }

    public TckLayer directory(String name, int mode) {
        return entry(name + "/", '5', mode, "", new byte[0]);
    }

    public TckLayer symbolicLink(String name, String target) {
        return entry(name, '2', 0777, target, new byte[0]);
    }

    public TckLayer hardLink(String name, String target) {
        return entry(name, '1', 0644, target, new byte[0]);
    }

    /** Hides {@code name} of lower layers; it may have a directory in front. */
    public TckLayer whiteout(String name) {
        int slash = name.lastIndexOf('/') + 1;
        return file(name.substring(0, slash) + ".wh." + name.substring(slash), "");
    }

    /** Hides all that lower layers have in a directory. */
    public TckLayer opaque(String directory) {
        return file(directory + "/.wh..wh..opq", "");
    }

    /** Any entry; {@code type} as in the header. */
    public TckLayer entry(String name, char type, int mode, String link, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, octal(7, mode));
        put(header, 108, octal(7, 0));
        put(header, 116, octal(7, 0));
        put(header, 124, octal(11, content.length));
        put(header, 136, octal(11, MODIFIED));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += Byte.toUnsignedInt(b);
        }
        put(header, 148, octal(6, sum) + "\0 ");
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    /** The uncompressed archive. */
    public byte[] plain() {
        byte[] entries = tar.toByteArray();
        return Arrays.copyOf(entries, entries.length + 2 * BLOCK);
    }

    public byte[] gzip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public Digest diffId() {
        return digest(plain());
    }

    public Descriptor descriptor() {
        return new Descriptor(GZIP, digest(gzip()), new Bytes(gzip().length));
    }

    public Descriptor plainDescriptor() {
        return new Descriptor(PLAIN, diffId(), new Bytes(plain().length));
    }

    public InputStream open() {
        return new ByteArrayInputStream(gzip());
    }

    public static Digest digest(byte[] bytes) {
        try {
            return Digest.sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String octal(int digits, long value) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
