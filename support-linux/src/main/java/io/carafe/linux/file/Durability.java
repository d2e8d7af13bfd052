package io.carafe.linux.file;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.OpenFlags;
import java.nio.file.Path;

/** Getting names and trees onto the disk; for the content of one file, FileChannel.force does. */
public final class Durability {
    private Durability() {}

    /** Makes creations, renames and removals in {@code directory} survive a power cut. Source: fsync(2). */
    public static void syncDirectory(Path directory) {
        try (Fd fd = Fd.open(directory, OpenFlags.DIRECTORY)) {
            Kernel.check(Kernel.libc().fsync(fd.number()), "fsync", directory);
        }
    }

    /** Writes all that the file system of {@code path} still holds in memory: one call for a whole tree. Source: syncfs(2). */
    public static void syncFileSystem(Path path) {
        try (Fd fd = Fd.open(path, OpenFlags.READ_ONLY)) {
            Kernel.check(Kernel.libc().syncfs(fd.number()), "syncfs", path);
        }
    }
}
