package io.carafe.linux.libc;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open descriptor of this process, close-on-exec.
 *
 * <p>Idempotent: the second {@link #close} does nothing. Concurrency: whoever closes it sees to it that nobody uses it any more.
 */
public final class Fd implements AutoCloseable {
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number) {
        this.number = number;
    }

    /** Opens by path, relative to the working directory if it is not absolute. */
    public static Fd open(Path path, int flags) {
        return new Fd(
                Kernel.check(Kernel.libc().open(CString.of(path), flags | OpenFlags.CLOSE_ON_EXEC, 0), "open", path));
    }

    /** Takes the ownership of a descriptor that a call has just answered. */
    public static Fd owning(int number) {
        return new Fd(number);
    }

    public int number() {
        return number;
    }

    /** A path under which the kernel finds the opened object itself, whatever has happened to its name since. */
    public Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Linux frees the number even if close reports an error, so there is nothing to retry
            Kernel.libc().close(number);
        }
    }
}
