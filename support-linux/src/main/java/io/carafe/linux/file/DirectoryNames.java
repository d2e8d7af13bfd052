package io.carafe.linux.file;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names in a directory as the bytes they are, each with a NUL at its end, without {@code .} and {@code ..}.
 *
 * <p>Source: getdents64(2).
 */
final class DirectoryNames {
    private static final int BUFFER = 32768;
    private static final int LENGTH = 16;
    private static final int NAME = 19;

    private DirectoryNames() {}

    /** Reads an open directory to its end. */
    static List<byte[]> of(Fd directory) {
        List<byte[]> names = new ArrayList<>();
        byte[] buffer = new byte[BUFFER];
        ByteBuffer view = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
        while (true) {
            int filled = (int)
                    Kernel.check(Kernel.libc().getdents64(directory.number(), buffer, BUFFER), "getdents64", directory);
            if (filled == 0) {
                return names;
            }
            for (int at = 0; at < filled; at += Short.toUnsignedInt(view.getShort(at + LENGTH))) {
                int end = at + NAME;
                while (buffer[end] != 0) {
                    end++;
                }
                byte[] name = Arrays.copyOfRange(buffer, at + NAME, end + 1);
                if (!isSelfOrParent(name)) {
                    names.add(name);
                }
            }
        }
    }

    private static boolean isSelfOrParent(byte[] name) {
        return name[0] == '.' && (name.length == 2 || (name.length == 3 && name[1] == '.'));
    }
}
