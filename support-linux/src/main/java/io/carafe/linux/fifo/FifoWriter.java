package io.carafe.linux.fifo;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writing end of a FIFO, open whether or not somebody reads: until it is closed, no reader sees an end.
 *
 * <p>Opened for both directions, so there is no broken pipe: a writer whose reader has gone waits until {@link #close}. Concurrency:
 * several writers, each write whole; any thread may close.
 */
public final class FifoWriter extends OutputStream {
    private static final int CHUNK = 1 << 15;
    /** How late a waiting writer may notice that the stream was closed. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Path path;
    private final Fd fd;
    private final Readiness readiness;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean closed;

    private FifoWriter(Path path, Fd fd, Readiness readiness) {
        this.path = path;
        this.fd = fd;
        this.readiness = readiness;
    }

    /** @throws LinuxException ENOENT if there is no such FIFO */
    public static FifoWriter open(Path path, Readiness readiness) {
        return new FifoWriter(path, Fd.open(path, OpenFlags.READ_WRITE | OpenFlags.NON_BLOCKING), readiness);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        writing.lock();
        try {
            for (int at = offset; at < offset + length; ) {
                at += writeSome(Arrays.copyOfRange(bytes, at, Math.min(at + CHUNK, offset + length)));
            }
        } catch (LinuxException e) {
            throw new IOException("write to the process: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("write to the process: interrupted").initCause(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        // whoever waits inside sees it within a glance, and only then is the number given back
        closed = true;
        writing.lock();
        try {
            fd.close();
        } finally {
            writing.unlock();
        }
    }

    private int writeSome(byte[] bytes) throws IOException, InterruptedException {
        while (true) {
            if (closed) {
                throw new IOException("write to the process: its input is closed");
            }
            int written = (int) Kernel.libc().write(fd.number(), bytes, bytes.length);
            if (written >= 0) {
                return written;
            }
            Errno errno = Kernel.lastError();
            switch (errno) {
                case EAGAIN -> readiness.await(fd, Readiness.Interest.WRITE, GLANCE);
                case EINTR -> {
                    // again
                }
                default -> throw new LinuxException("write", errno, path.toString());
            }
        }
    }
}
