package io.carafe.linux.file;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory that is the root of all resolution below it, as chroot(2) would have it: absolute links and {@code ..} stay inside,
 * whoever wrote them.
 *
 * <p>Paths are those of tar entries and of files in a container: {@code usr/bin/x}, {@code /usr/bin/x} and
 * {@code ./usr/bin/x} are the same.
 *
 * <p>Concurrency: safe until closed. Source: openat2(2), RESOLVE_IN_ROOT (Linux 5.6).
 */
public final class RootedDirectory implements AutoCloseable {
    private static final long OPENAT2 = 437;
    private static final long RESOLVE_NO_MAGIC_LINKS = 0x02;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int OPEN_HOW_SIZE = 24;
    private static final int MAX_RETRIES = 16;
    /** As many as the kernel follows in one path. */
    private static final int MAX_LINKS = 40;

    private final Fd root;
    private final String shown;

    private RootedDirectory(Fd root, String shown) {
        this.root = root;
        this.shown = shown;
    }

    public static RootedDirectory open(Path directory) {
        return new RootedDirectory(Fd.open(directory, OpenFlags.PATH | OpenFlags.DIRECTORY), directory.toString());
    }

    /**
     * The entry at {@code path}: links in its parents are followed inside the root, one at its last name is not. An empty path is
     * the root itself.
     *
     * @throws LinuxException ENOENT or ENOTDIR if the parent is no directory, EINVAL if the last name is {@code ..}
     */
    public FileEntry entry(String path) {
        List<String> names = names(path);
        if (names.isEmpty()) {
            return new FileEntry(resolve(".", OpenFlags.DIRECTORY), ".");
        }
        String last = names.getLast();
        if (last.equals("..")) {
            throw new LinuxException("openat2", Errno.EINVAL, shown + ", " + path + " ends with ..");
        }
        return new FileEntry(resolve(parent(names), OpenFlags.DIRECTORY), last);
    }

    /** Makes the directory {@code path} and its missing parents, mode 0755, also where dangling links inside the root lead. */
    public void makeDirectories(String path) {
        makeDirectories(names(path), 0);
    }

    private void makeDirectories(List<String> names, int links) {
        if (names.isEmpty() || isDirectory(String.join("/", names))) {
            return;
        }
        if (links > MAX_LINKS) {
            throw new LinuxException("mkdirat", Errno.ELOOP, shown + ", " + String.join("/", names));
        }
        makeDirectories(names.subList(0, names.size() - 1), links);
        try (FileEntry entry = entry(String.join("/", names))) {
            boolean link = entry.status()
                    .filter(status -> status.type() == FileType.SYMBOLIC_LINK)
                    .isPresent();
            if (!link) {
                entry.makeDirectory(0755);
                return;
            }
            String target = entry.linkTarget();
            makeDirectories(names(target.startsWith("/") ? target : parent(names) + "/" + target), links + 1);
        }
    }

    /** True if {@code path}, links followed, is a directory. */
    public boolean isDirectory(String path) {
        try {
            resolve(path, OpenFlags.DIRECTORY).close();
            return true;
        } catch (LinuxException e) {
            if (e.isMissing()) {
                return false;
            }
            throw e;
        }
    }

    /** The status of {@code path}, links followed; empty if there is no such file. */
    public Optional<FileStatus> status(String path) {
        try (Fd fd = resolve(path, 0)) {
            return status(fd);
        } catch (LinuxException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The names in the directory {@code path}, in no order; {@link CString} says how one that is not UTF-8 comes. */
    public List<String> list(String path) {
        try (Fd directory = resolve(path, OpenFlags.DIRECTORY);
                Fd readable = Fd.open(directory.path(), OpenFlags.DIRECTORY)) {
            return DirectoryNames.of(readable).stream().map(CString::text).toList();
        }
    }

    /**
     * The content of the regular file {@code path}, links followed inside the root; empty if there is none. A device or FIFO, which
     * could block or act when opened, is never opened.
     *
     * @throws LinuxException EINVAL if it is not a regular file, EFBIG if it has more than {@code limit} bytes
     */
    public Optional<byte[]> read(String path, int limit) {
        try (Fd fd = resolve(path, 0)) {
            if (status(fd).map(FileStatus::type).orElse(FileType.SOCKET) != FileType.REGULAR) {
                throw new LinuxException("open", Errno.EINVAL, shown + ", " + path + " is not a regular file");
            }
            try (InputStream in = Files.newInputStream(fd.path())) {
                byte[] content = in.readNBytes(limit);
                if (in.read() >= 0) {
                    throw new LinuxException(
                            "read", Errno.EFBIG, shown + ", " + path + " has more than " + limit + " bytes");
                }
                return Optional.of(content);
            }
        } catch (LinuxException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("read " + path + " in " + shown, e);
        }
    }

    @Override
    public void close() {
        root.close();
    }

    private Fd resolve(String path, int flags) {
        // struct open_how: flags, mode, resolve
        byte[] how = ByteBuffer.allocate(OPEN_HOW_SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong(flags | OpenFlags.PATH | OpenFlags.CLOSE_ON_EXEC)
                .putLong(0)
                .putLong(RESOLVE_IN_ROOT | RESOLVE_NO_MAGIC_LINKS)
                .array();
        byte[] name = CString.of(path.isEmpty() ? "." : path);
        for (int attempt = 1; ; attempt++) {
            long fd = Kernel.libc().syscall(OPENAT2, root.number(), name, how, OPEN_HOW_SIZE);
            if (fd >= 0) {
                return Fd.owning((int) fd);
            }
            // EAGAIN: something was renamed meanwhile and the kernel could not be sure about ".."
            Errno errno = Kernel.lastError();
            if (errno != Errno.EAGAIN || attempt == MAX_RETRIES) {
                throw new LinuxException("openat2", errno, shown + ", " + path);
            }
        }
    }

    private static Optional<FileStatus> status(Fd fd) {
        return FileStatus.of(fd.number(), CString.of(""), FileStatus.EMPTY_PATH);
    }

    private static String parent(List<String> names) {
        return String.join("/", names.subList(0, names.size() - 1));
    }

    private static List<String> names(String path) {
        return Stream.of(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }
}
