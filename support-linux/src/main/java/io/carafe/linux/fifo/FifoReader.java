package io.carafe.linux.fifo;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import io.carafe.linux.poll.Readiness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The reading end of a FIFO whose bytes can be looked at before they are taken.
 *
 * <p>{@link #peek} leaves the bytes in the FIFO, so that whoever dies before {@link #take} leaves them to the next reader.
 *
 * <p>A FIFO that nobody has opened for writing yet looks like one that all writers have left: read(2) answers 0. poll(2) tells them
 * apart, but only for writers that came after this end was opened. So a reader that opens before the writer must {@link #awaitWriter},
 * and one that comes later must not.
 *
 * <p>Concurrency: one thread reads and closes; an interrupt ends a wait. Source: fifo(7), tee(2).
 */
public final class FifoReader implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int NON_BLOCKING_SPLICE = 2;

    private final Path path;
    private final Fd fifo;
    private final Fd copyTo;
    private final Fd copyFrom;
    private final Readiness readiness;
    private final byte[] buffer = new byte[CHUNK];

    private FifoReader(Path path, Fd fifo, Fd copyFrom, Fd copyTo, Readiness readiness) {
        this.path = path;
        this.fifo = fifo;
        this.copyFrom = copyFrom;
        this.copyTo = copyTo;
        this.readiness = readiness;
    }

    /**
     * Opens without waiting for a writer.
     *
     * @throws LinuxException ENOENT if there is no such FIFO
     */
    public static FifoReader open(Path path, Readiness readiness) {
        Fd fifo = Fd.open(path, OpenFlags.READ_ONLY | OpenFlags.NON_BLOCKING);
        boolean opened = false;
        try {
            int[] ends = new int[2];
            Kernel.check(
                    Kernel.libc().pipe2(ends, OpenFlags.CLOSE_ON_EXEC | OpenFlags.NON_BLOCKING),
                    "pipe2",
                    "for " + path);
            opened = true;
            return new FifoReader(path, fifo, Fd.owning(ends[0]), Fd.owning(ends[1]), readiness);
        } finally {
            if (!opened) {
                fifo.close();
            }
        }
    }

    /** Waits until somebody has written, or has opened it for writing and left; what came before this end was opened counts not. */
    public void awaitWriter() throws InterruptedException {
        readiness.await(fifo, Readiness.Interest.READ);
    }

    /** Waits until something is there or all writers have left. */
    public void awaitMore() throws InterruptedException {
        readiness.await(fifo, Readiness.Interest.READ);
    }

    /** What is there now, at most 64 KiB, left in place; empty array if nothing is; empty if nothing is and no writer either. */
    public Optional<byte[]> peek() {
        long copied = Kernel.libc().tee(fifo.number(), copyTo.number(), CHUNK, NON_BLOCKING_SPLICE);
        return copied == 0 ? Optional.empty() : Optional.of(copied < 0 ? nothing("tee") : drain(copyFrom, copied));
    }

    /** Takes the first {@code length} bytes, which {@link #peek} has shown. */
    public void take(int length) {
        drain(fifo, length);
    }

    /** As {@link #peek} and {@link #take} at once, cheaper. */
    public Optional<byte[]> read() {
        long length = Kernel.libc().read(fifo.number(), buffer, CHUNK);
        return length == 0
                ? Optional.empty()
                : Optional.of(length < 0 ? nothing("read") : Arrays.copyOf(buffer, (int) length));
    }

    @Override
    public void close() {
        fifo.close();
        copyFrom.close();
        copyTo.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private byte[] drain(Fd from, long length) {
        byte[] bytes = new byte[(int) length];
        int filled = 0;
        while (filled < length) {
            int got = (int) Kernel.check(
                    Kernel.libc().read(from.number(), buffer, length - filled), "read", path, length - filled);
            if (got == 0) {
                throw new LinuxException("read", Errno.EIO, path + ": somebody else reads it");
            }
            System.arraycopy(buffer, 0, bytes, filled, got);
            filled += got;
        }
        return bytes;
    }

    private byte[] nothing(String call) {
        Errno errno = Kernel.lastError();
        if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
            throw new LinuxException(call, errno, path.toString());
        }
        return new byte[0];
    }
}
