package io.carafe.linux.socket;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A path of a unix socket that fits into its address, which holds 107 bytes and a NUL: a longer one is named through a descriptor of its
 * directory.
 *
 * <p>Source: unix(7).
 */
final class ShortPath implements AutoCloseable {
    private static final int MAX = 107;

    private final Path path;
    private final Optional<Fd> directory;

    private ShortPath(Path path, Optional<Fd> directory) {
        this.path = path;
        this.directory = directory;
    }

    static ShortPath of(Path socket) {
        if (fits(socket)) {
            return new ShortPath(socket, Optional.empty());
        }
        Path parent = socket.getParent();
        Path name = socket.getFileName();
        if (parent == null || name == null) {
            throw new LinuxException("connect", Errno.ENAMETOOLONG, socket.toString());
        }
        Fd directory = Fd.open(parent, OpenFlags.PATH | OpenFlags.DIRECTORY);
        Path path = directory.path().resolve(name);
        if (!fits(path)) {
            directory.close();
            throw new LinuxException("connect", Errno.ENAMETOOLONG, socket.toString());
        }
        return new ShortPath(path, Optional.of(directory));
    }

    /** A path of the same socket, good until this is closed. */
    Path path() {
        return path;
    }

    @Override
    public void close() {
        directory.ifPresent(Fd::close);
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX;
    }
}
