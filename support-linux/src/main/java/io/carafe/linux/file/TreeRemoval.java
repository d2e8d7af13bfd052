package io.carafe.linux.file;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;

/**
 * Removes a tree by descriptors, so that no link swapped in meanwhile leads out of it.
 *
 * <p>A tree may be nested deeper than we may have descriptors open or frames on the stack: a directory at {@link #MAX_DEPTH} is
 * moved up to the top of the tree, and removed from there. What somebody else removes meanwhile is as good as removed.
 */
final class TreeRemoval {
    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int MAX_DEPTH = 200;

    private final Fd top;
    private long moved;

    private TreeRemoval(Fd top) {
        this.top = top;
    }

    /** Removes what {@code name} in {@code parent} is; false if there is nothing. */
    static boolean remove(Fd parent, byte[] name) {
        if (FileStatus.of(parent.number(), name, 0).isEmpty()) {
            return false;
        }
        if (unlink(parent, name)) {
            return true;
        }
        ifThere(() -> {
            try (Fd top = openDirectory(parent, name)) {
                TreeRemoval removal = new TreeRemoval(top);
                do {
                    removal.empty(top, 1);
                } while (!removeDirectory(parent, name));
            }
        });
        return true;
    }

    private void empty(Fd directory, int depth) {
        // opened anew, because a descriptor that has been read to its end shows no later entries
        try (Fd listing = openDirectory(directory, CString.of("."))) {
            for (byte[] name : DirectoryNames.of(listing)) {
                if (!unlink(directory, name)) {
                    ifThere(() -> emptyAndRemove(directory, name, depth));
                }
            }
        }
    }

    private static void ifThere(Runnable removal) {
        try {
            removal.run();
        } catch (LinuxException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    private void emptyAndRemove(Fd parent, byte[] name, int depth) {
        if (depth >= MAX_DEPTH) {
            byte[] raised = CString.of(".carafe-removing-" + moved++);
            Kernel.check(Kernel.libc().renameat(parent.number(), name, top.number(), raised), "renameat", name, raised);
            return;
        }
        try (Fd directory = openDirectory(parent, name)) {
            empty(directory, depth + 1);
        }
        removeDirectory(parent, name);
    }

    /** False if the name is a directory. */
    private static boolean unlink(Fd directory, byte[] name) {
        if (Kernel.libc().unlinkat(directory.number(), name, 0) == 0) {
            return true;
        }
        Errno errno = Kernel.lastError();
        return switch (errno) {
            case ENOENT -> true;
            case EISDIR, ENOTDIR -> false;
            default -> throw new LinuxException("unlinkat", errno, CString.text(name));
        };
    }

    /** False if the directory has entries, which another thread or a directory moved up has brought. */
    private static boolean removeDirectory(Fd parent, byte[] name) {
        if (Kernel.libc().unlinkat(parent.number(), name, REMOVE_DIRECTORY) == 0) {
            return true;
        }
        Errno errno = Kernel.lastError();
        return switch (errno) {
            case ENOENT -> true;
            case ENOTEMPTY, EEXIST -> false;
            default -> throw new LinuxException("unlinkat", errno, CString.text(name));
        };
    }

    private static Fd openDirectory(Fd parent, byte[] name) {
        boolean mounted = FileStatus.of(parent.number(), name, 0)
                .filter(FileStatus::mountRoot)
                .isPresent();
        if (mounted && name[0] != '.') {
            throw new LinuxException("unlinkat", Errno.EBUSY, CString.text(name) + " has something mounted on it");
        }
        int flags = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY | OpenFlags.NO_FOLLOW | OpenFlags.CLOSE_ON_EXEC;
        return Fd.owning(Kernel.check(Kernel.libc().openat(parent.number(), name, flags, 0), "openat", name));
    }
}
