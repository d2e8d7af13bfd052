package io.carafe.storage.unpack;

import io.carafe.linux.libc.CString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one header block of 512 bytes: V7, ustar, GNU and star.
 *
 * <p>Source: GNU tar manual, "Basic Tar Format"; POSIX.1-2001 pax, "ustar Interchange Format".
 */
final class TarHeader {
    static final int BLOCK = 512;

    private final byte[] block;

    private TarHeader(byte[] block) {
        this.block = block;
    }

    /** @throws BadArchive if the checksum is wrong, with {@code position} of the block in the archive */
    static TarHeader parse(byte[] block, long position) throws BadArchive {
        TarHeader header = new TarHeader(block.clone());
        long stored = header.number(148, 8);
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= 148 && i < 156 ? (byte) ' ' : block[i];
            unsigned += Byte.toUnsignedInt(b);
            signed += b;
        }
        // some old writers summed up signed bytes
        if (stored != unsigned && stored != signed) {
            throw new BadArchive("no tar header at byte " + position + ": wrong checksum");
        }
        return header;
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    char type() {
        return (char) Byte.toUnsignedInt(block[156]);
    }

    String name() {
        String name = text(0, 100);
        // GNU tar has times where ustar has the first part of long names
        boolean ustar = raw(257, 6).equals("ustar\0");
        boolean star = raw(508, 4).equals("tar\0");
        String prefix = ustar ? text(345, star ? 131 : 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(157, 100);
    }

    int mode() throws BadArchive {
        return (int) (number(100, 8) & 07777);
    }

    long user() throws BadArchive {
        return number(108, 8);
    }

    long group() throws BadArchive {
        return number(116, 8);
    }

    long size() throws BadArchive {
        return number(124, 12);
    }

    long modified() throws BadArchive {
        return number(136, 12);
    }

    long major() throws BadArchive {
        return number(329, 8);
    }

    long minor() throws BadArchive {
        return number(337, 8);
    }

    /** Of old GNU sparse files, with {@link SparseMap}. */
    long realSize() throws BadArchive {
        return number(483, 12);
    }

    byte[] bytes() {
        return block;
    }

    private long number(int at, int length) throws BadArchive {
        return number(block, at, length);
    }

    /** Octal digits between blanks and NULs, or, with the highest bit set, a big-endian binary number. */
    static long number(byte[] block, int at, int length) throws BadArchive {
        if ((block[at] & 0x80) != 0) {
            return binary(block, at, length);
        }
        String digits = new String(block, at, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .trim();
        int blank = digits.indexOf(' ');
        digits = blank < 0 ? digits : digits.substring(0, blank);
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new BadArchive("'" + digits + "' in a tar header is not an octal number", e);
        }
    }

    private static long binary(byte[] block, int at, int length) throws BadArchive {
        // the marker bit is no part of the number, the one below it is its sign
        boolean negative = (block[at] & 0x40) != 0;
        long number = negative ? -1 : 0;
        for (int i = 0; i < length; i++) {
            long digit = Byte.toUnsignedInt(block[at + i]);
            if (i == 0) {
                digit = negative ? digit : digit & 0x7f;
            }
            long next = (number << 8) | digit;
            if (next >> 8 != number) {
                throw new BadArchive("a number in a tar header has more than 64 bits");
            }
            number = next;
        }
        return number;
    }

    private String text(int at, int length) {
        return CString.text(Arrays.copyOfRange(block, at, at + length));
    }

    private String raw(int at, int length) {
        return new String(block, at, length, StandardCharsets.ISO_8859_1);
    }
}
