package io.carafe.linux.libc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * NUL-terminated byte strings for {@link LibC}.
 *
 * <p>A file name is bytes, and need not be UTF-8. {@link #text} keeps each byte that is not as a lone surrogate from U+DC80 to
 * U+DCFF, which no valid text has, and {@link #of(String)} makes it a byte again: every name survives, none becomes another.
 */
public final class CString {
    private static final char ESCAPE = 0xDC00;

    private CString() {}

    /** UTF-8 of {@code text} and a NUL; refuses text that has a NUL inside, which C would cut off there. */
    public static byte[] of(String text) {
        return of(
                text.chars().anyMatch(c -> c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF)
                        ? unescaped(text)
                        : text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] of(Path path) {
        return of(path.toString());
    }

    /** A copy of {@code bytes}, such as a name read from a directory, and a NUL. */
    public static byte[] of(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                throw new LinuxException(
                        "path", Errno.EINVAL, "\"" + text(bytes).replace('\0', '?') + "\" has a NUL");
            }
        }
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The text up to the first NUL or the end. */
    public static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : escaped(ByteBuffer.wrap(bytes, 0, end));
    }

    private static String escaped(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        while (true) {
            CoderResult result = decoder.decode(bytes, text, true);
            if (!result.isError()) {
                return text.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.put((char) (ESCAPE + Byte.toUnsignedInt(bytes.get())));
            }
            decoder.reset();
        }
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            // a surrogate that is half of a pair is no code point of its own
            if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF) {
                bytes.write(c - ESCAPE);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
