package io.carafe.linux.file;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small files of /proc, /sys and cgroups: a read asks the kernel a question, a write is a command that it takes or refuses with
 * an error number that says why.
 */
public final class ControlFile {
    private static final int BUFFER = 16384;

    private ControlFile() {}

    /** The text of the file; empty if it, or what it tells of, is not there (ENOENT, ENOTDIR, ENODEV, ESRCH). */
    public static Optional<String> read(Path file) {
        try (Fd fd = Fd.open(file, OpenFlags.READ_ONLY)) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            while (true) {
                int length = (int) Kernel.check(Kernel.libc().read(fd.number(), buffer, BUFFER), "read", file);
                if (length == 0) {
                    return Optional.of(text.toString(StandardCharsets.UTF_8));
                }
                text.write(buffer, 0, length);
            }
        } catch (LinuxException e) {
            if (e.isGone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes {@code text} by one call, as these files demand. */
    public static void write(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Fd fd = Fd.open(file, OpenFlags.WRITE_ONLY)) {
            Kernel.check(Kernel.libc().write(fd.number(), bytes, bytes.length), "write", file, text.strip());
        }
    }
}
