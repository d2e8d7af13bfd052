package io.carafe.linux.file;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a tree takes on its disk.
 *
 * <p>Units: {@code bytes} are allocated ones (a sparse file counts what it has), {@code inodes} counts files of every kind, the top
 * directory too. A file with several names counts once; what is mounted inside does not count, nor what lies deeper than 1000
 * directories, where we would run out of descriptors.
 */
public record TreeUsage(long bytes, long inodes) {
    private static final int MAX_DEPTH = 1000;

    /**
     * Measures {@code directory}; files that vanish meanwhile count or not.
     *
     * @throws LinuxException ENOENT if {@code directory} is not there
     * @throws InterruptedException if interrupted; a tree of a million files takes seconds
     */
    public static TreeUsage of(Path directory) throws InterruptedException {
        try (Fd top = Fd.open(directory, OpenFlags.DIRECTORY | OpenFlags.NO_FOLLOW)) {
            Walk walk = new Walk();
            walk.add(FileStatus.of(top.number(), CString.of(""), FileStatus.EMPTY_PATH)
                    .orElseThrow(() -> new LinuxException("statx", Errno.ENOENT, directory.toString())));
            walk.visit(top, 1);
            return new TreeUsage(walk.bytes, walk.inodes);
        }
    }

    private static final class Walk {
        private final Set<FileStatus.FileId> linked = new HashSet<>();
        private long bytes;
        private long inodes;

        void visit(Fd directory, int depth) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("measuring a tree");
            }
            for (byte[] name : DirectoryNames.of(directory)) {
                FileStatus status = FileStatus.of(directory.number(), name, 0).orElse(null);
                if (status == null || status.mountRoot()) {
                    continue;
                }
                if (status.type() == FileType.DIRECTORY) {
                    add(status);
                    descend(directory, name, depth);
                } else if (status.links() == 1 || linked.add(status.id())) {
                    add(status);
                }
            }
        }

        private void descend(Fd parent, byte[] name, int depth) throws InterruptedException {
            int flags = OpenFlags.DIRECTORY | OpenFlags.NO_FOLLOW | OpenFlags.CLOSE_ON_EXEC;
            int number = depth < MAX_DEPTH ? Kernel.libc().openat(parent.number(), name, flags, 0) : -1;
            if (number >= 0) {
                try (Fd child = Fd.owning(number)) {
                    visit(child, depth + 1);
                }
            }
        }

        private void add(FileStatus status) {
            bytes += status.allocated();
            inodes++;
        }
    }
}
