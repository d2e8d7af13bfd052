package io.carafe.linux.file;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the kernel knows of one file, a link itself and not its target.
 *
 * <p>Units: {@code mode} is the permission bits with setuid, setgid and sticky; {@code size} and {@code allocated} are bytes, the
 * latter those that the file takes on the disk. {@code mountRoot}: something is mounted exactly here.
 *
 * <p>Source: statx(2).
 */
public record FileStatus(
        FileType type,
        int mode,
        int user,
        int group,
        long links,
        FileId id,
        DeviceNumber device,
        long size,
        long allocated,
        Instant modified,
        boolean mountRoot) {
    /** Two names of one file have equal ids. */
    public record FileId(DeviceNumber fileSystem, long inode) {}

    /** The descriptor itself and not a name in it. */
    static final int EMPTY_PATH = 0x1000;

    private static final int NO_FOLLOW_NO_AUTOMOUNT = 0x100 | 0x800;
    private static final int BASIC = 0x7ff;
    private static final int SIZE = 256;
    private static final long ATTRIBUTE_MOUNT_ROOT = 0x2000;
    private static final int MODE_MASK = 0xfff;
    private static final int BLOCK = 512;

    /** The status of {@code path}, empty if there is none. */
    public static Optional<FileStatus> of(Path path) {
        return of(-100, CString.of(path), 0);
    }

    static Optional<FileStatus> of(int directory, byte[] name, int flags) {
        byte[] buffer = new byte[SIZE];
        if (Kernel.libc().statx(directory, name, NO_FOLLOW_NO_AUTOMOUNT | flags, BASIC, buffer) == 0) {
            return Optional.of(parse(ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder())));
        }
        Errno errno = Kernel.lastError();
        if (errno == Errno.ENOENT || errno == Errno.ENOTDIR) {
            return Optional.empty();
        }
        throw new LinuxException("statx", errno, CString.text(name));
    }

    // offsets of struct statx, the same on every architecture
    private static FileStatus parse(ByteBuffer statx) {
        int mode = Short.toUnsignedInt(statx.getShort(28));
        return new FileStatus(
                FileType.ofMode(mode),
                mode & MODE_MASK,
                statx.getInt(20),
                statx.getInt(24),
                Integer.toUnsignedLong(statx.getInt(16)),
                new FileId(new DeviceNumber(statx.getInt(136), statx.getInt(140)), statx.getLong(32)),
                new DeviceNumber(statx.getInt(128), statx.getInt(132)),
                statx.getLong(40),
                statx.getLong(48) * BLOCK,
                Instant.ofEpochSecond(statx.getLong(112), statx.getInt(120)),
                (statx.getLong(8) & ATTRIBUTE_MOUNT_ROOT) != 0);
    }
}
