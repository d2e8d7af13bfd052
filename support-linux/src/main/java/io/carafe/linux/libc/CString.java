package io.carafe.linux.libc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** NUL-terminated byte strings for {@link LibC}. */
public final class CString {
    private CString() {}

    /** UTF-8 of {@code text} and a NUL; refuses text that has a NUL inside, which C would cut off there. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
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

    /** The text up to the first NUL or the end, for messages and for names that are UTF-8. */
    public static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
