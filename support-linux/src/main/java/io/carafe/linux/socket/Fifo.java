package io.carafe.linux.socket;

import io.carafe.linux.file.DeviceNumber;
import io.carafe.linux.file.FileEntry;
import io.carafe.linux.file.FileType;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Named pipes, opened without waiting for the other side. Source: fifo(7). */
public final class Fifo {
    private Fifo() {}

    /** Makes a FIFO that root alone may use. */
    public static void make(Path path) {
        try (FileEntry entry = FileEntry.of(path)) {
            entry.makeNode(FileType.FIFO, 0600, DeviceNumber.NONE);
        }
    }

    /**
     * Writes {@code text}, at most 4096 bytes, whole or not at all.
     *
     * @return false if nobody has the FIFO open for reading, so whoever should read is dead
     * @throws LinuxException ENOENT if there is no FIFO, EAGAIN if it is full
     */
    public static boolean write(Path path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Fd fd = Fd.open(path, OpenFlags.WRITE_ONLY | OpenFlags.NON_BLOCKING)) {
            Kernel.check(Kernel.libc().write(fd.number(), bytes, bytes.length), "write", path, text.strip());
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENXIO) {
                return false;
            }
            throw e;
        }
    }
}
