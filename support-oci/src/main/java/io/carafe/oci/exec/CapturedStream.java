package io.carafe.oci.exec;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OpenFlags;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.socket.Fifo;
import java.nio.file.Path;

/**
 * One output stream of a command, by a FIFO that is read to its end; {@link ExecOutput} keeps of it what there is room for.
 *
 * <p>Not the JDK's pipe: reading that blocks a carrier thread for as long as the command is silent, and there are few; and it cannot
 * be given up while a child left behind keeps it open.
 *
 * <p>Concurrency: one thread drains.
 */
public final class CapturedStream {
    private static final int CHUNK = 16384;

    private final Path fifo;
    private final Fd fd;
    private final Readiness readiness;
    private final ExecOutput.Stream kept;

    private CapturedStream(Path fifo, ExecOutput.Stream kept, Readiness readiness) {
        this.fifo = fifo;
        this.fd = Fd.open(fifo, OpenFlags.READ_ONLY | OpenFlags.NON_BLOCKING);
        this.readiness = readiness;
        this.kept = kept;
    }

    /** Opens a FIFO for reading; {@link #drain} closes it. */
    public static CapturedStream of(Path fifo, ExecOutput.Stream kept, Readiness readiness) {
        return new CapturedStream(fifo, kept, readiness);
    }

    /** As {@link #of}, but makes it first. */
    static CapturedStream make(Path fifo, ExecOutput.Stream kept, Readiness readiness) {
        Fifo.make(fifo);
        return of(fifo, kept, readiness);
    }

    /** What a process writes to. */
    Path path() {
        return fifo;
    }

    /** Reads until nobody has the FIFO open for writing, or until interrupted. To be called when somebody has. */
    public void drain() {
        byte[] chunk = new byte[CHUNK];
        try (fd) {
            long length = Kernel.libc().read(fd.number(), chunk, CHUNK);
            while (length != 0) {
                // a command that never pauses would not be waited for, and waiting alone sees an interrupt
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (length > 0) {
                    kept.keep(chunk, (int) length);
                } else {
                    awaitMore();
                }
                length = Kernel.libc().read(fd.number(), chunk, CHUNK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes it where no thread will {@link #drain} it. */
    public void discard() {
        fd.close();
    }

    private void awaitMore() throws InterruptedException {
        Errno errno = Kernel.lastError();
        switch (errno) {
            case EAGAIN -> readiness.await(fd, Readiness.Interest.READ);
            case EINTR -> {
                // again
            }
            default -> throw new LinuxException("read", errno, fifo.toString());
        }
    }
}
