package io.carafe.linux.mount;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The mount calls a runtime needs.
 *
 * <p>Idempotent: only the unmounting methods; mounting twice stacks. Concurrency: safe. Crash: a mount stays until it is
 * unmounted or the host restarts. Every method throws {@link LinuxException} with the path in it.
 *
 * <p>Source: mount(2), umount2(2), mount_setattr(2).
 */
public final class Mounts {
    private static final long RECURSIVE = 0x4000;
    private static final long BIND = 0x1000;
    private static final long REMOUNT = 0x20;
    private static final long READ_ONLY = 1;
    private static final long NO_SUID = 2;
    private static final long NO_DEV = 4;
    private static final long NO_EXEC = 8;
    private static final int DETACH = 2;
    private static final int NO_FOLLOW = 8;
    private static final long MOUNT_SETATTR = 442;
    private static final int AT_FDCWD = -100;
    private static final long AT_RECURSIVE = 0x8000;

    private Mounts() {}

    /** Makes {@code source}, without the mounts below it, appear at {@code target}; both exist, both directories or both not. */
    public static void bind(Path source, Path target) {
        mount(source.toString(), target, "", BIND, "");
    }

    /** As {@link #bind}, with the mounts below it. */
    public static void bindRecursive(Path source, Path target) {
        mount(source.toString(), target, "", BIND | RECURSIVE, "");
    }

    /**
     * Makes the one mount at {@code target} read-only, keeping the restrictions it has (a remount would otherwise drop them,
     * or be refused).
     */
    public static void remountReadOnly(Path target) {
        try {
            setAttributes(target, 0, READ_ONLY);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOSYS) {
                throw e;
            }
            Set<String> options = MountTable.read()
                    .at(target)
                    .map(MountPoint::options)
                    .orElseThrow(() -> new LinuxException("mount", Errno.EINVAL, target + " is no mount point"));
            mount("", target, "", REMOUNT | BIND | READ_ONLY | restrictions(options), "");
        }
    }

    /** Makes {@code target} and every mount below it read-only, or none of them; needs Linux 5.12. */
    public static void remountReadOnlyRecursive(Path target) {
        setAttributes(target, AT_RECURSIVE, READ_ONLY);
    }

    public static void setPropagation(Path target, Propagation propagation) {
        mount("", target, "", propagation.flag(), "");
    }

    /** As {@link #setPropagation}, for the mounts below it too. */
    public static void setPropagationRecursive(Path target, Propagation propagation) {
        mount("", target, "", propagation.flag() | RECURSIVE, "");
    }

    /** A file system in memory of at most {@code bytes} (nosuid, nodev, noexec), whose root has {@code mode}. */
    public static void tmpfs(Path target, long bytes, int mode) {
        mount(
                "tmpfs",
                target,
                "tmpfs",
                NO_SUID | NO_DEV | NO_EXEC,
                String.format(Locale.ROOT, "mode=%o,size=%d", mode, bytes));
    }

    /**
     * Takes away the topmost mount at {@code target}, at once and even if it is in use (what uses it keeps it).
     *
     * <p>Idempotent: answers false if nothing is mounted there or {@code target} does not exist.
     */
    public static boolean unmount(Path target) {
        return unmount(target, DETACH | NO_FOLLOW);
    }

    /** As {@link #unmount}, but fails with EBUSY while the mount is in use. */
    public static boolean unmountIdle(Path target) {
        return unmount(target, NO_FOLLOW);
    }

    /** Takes away every mount at and below {@code directory}, the deepest first; answers how many there were. */
    public static int unmountTree(Path directory) {
        List<MountPoint> mounts = MountTable.read().under(directory).reversed();
        mounts.forEach(mount -> unmount(mount.path()));
        return mounts.size();
    }

    static void mount(String source, Path target, String type, long flags, String options) {
        Kernel.check(
                Kernel.libc()
                        .mount(
                                source.isEmpty() ? null : CString.of(source),
                                CString.of(target),
                                type.isEmpty() ? null : CString.of(type),
                                flags,
                                options.isEmpty() ? null : CString.of(options)),
                "mount",
                source,
                target,
                type,
                "0x" + Long.toHexString(flags),
                options);
    }

    private static boolean unmount(Path target, int flags) {
        if (Kernel.libc().umount2(CString.of(target), flags) == 0) {
            return true;
        }
        // EINVAL: not a mount point
        Errno errno = Kernel.lastError();
        if (errno == Errno.EINVAL || errno == Errno.ENOENT || errno == Errno.ENOTDIR) {
            return false;
        }
        throw new LinuxException("umount2", errno, target.toString());
    }

    private static void setAttributes(Path target, long flags, long set) {
        // struct mount_attr: set, clear, propagation, user namespace
        byte[] attributes = ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putLong(set)
                .array();
        Kernel.check(
                Kernel.libc().syscall(MOUNT_SETATTR, AT_FDCWD, CString.of(target), flags, attributes, 32),
                "mount_setattr",
                target,
                "read-only");
    }

    private static long restrictions(Set<String> options) {
        return (options.contains("nosuid") ? NO_SUID : 0)
                | (options.contains("nodev") ? NO_DEV : 0)
                | (options.contains("noexec") ? NO_EXEC : 0);
    }
}
