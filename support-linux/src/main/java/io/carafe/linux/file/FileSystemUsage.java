package io.carafe.linux.file;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * How full the file system of a path is, and of what type it is.
 *
 * <p>Units: bytes and inodes; {@code bytesAvailable} is what an ordinary user may still take. {@code magic} is the type's number.
 *
 * <p>Source: statfs(2).
 */
public record FileSystemUsage(
        long magic, long bytes, long bytesUsed, long bytesAvailable, long inodes, long inodesUsed) {
    /** cgroup v2. */
    public static final long CGROUP2_MAGIC = 0x63677270;

    private static final int SIZE = 120;

    public static FileSystemUsage of(Path path) {
        byte[] buffer = new byte[SIZE];
        Kernel.check(Kernel.libc().statfs(CString.of(path), buffer), "statfs", path);
        // struct statfs of 64-bit architectures: type, bsize, blocks, bfree, bavail, files, ffree
        ByteBuffer statfs = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
        long block = statfs.getLong(8);
        long blocks = statfs.getLong(16);
        long files = statfs.getLong(40);
        return new FileSystemUsage(
                statfs.getLong(0),
                blocks * block,
                (blocks - statfs.getLong(24)) * block,
                statfs.getLong(32) * block,
                files,
                files - statfs.getLong(48));
    }
}
