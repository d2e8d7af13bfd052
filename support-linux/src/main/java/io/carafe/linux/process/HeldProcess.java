package io.carafe.linux.process;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.time.Duration;
import java.util.Optional;

/**
 * A process held by a descriptor: whatever happens to its pid, signals and waits are for this process and no other.
 *
 * <p>Source: pidfd_open(2), pidfd_send_signal(2) (Linux 5.3).
 */
public final class HeldProcess implements AutoCloseable {
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;

    private final ProcessIdentity process;
    private final Fd fd;

    private HeldProcess(ProcessIdentity process, Fd fd) {
        this.process = process;
        this.fd = fd;
    }

    /** Takes hold of {@code process}; empty if it has ended, even if its parent has not noticed yet. */
    public static Optional<HeldProcess> open(ProcessIdentity process) {
        long number = Kernel.libc().syscall(PIDFD_OPEN, process.pid(), 0, 0, 0);
        if (number < 0) {
            Errno errno = Kernel.lastError();
            // EINVAL: older kernels' word for a process that is just being reaped
            if (errno == Errno.ESRCH || errno == Errno.EINVAL) {
                return Optional.empty();
            }
            throw new LinuxException("pidfd_open", errno, process.toString());
        }
        HeldProcess held = new HeldProcess(process, Fd.owning((int) number));
        // Only now: had the pid passed to another process before the open, the start time would tell.
        if (ProcessTable.HOST.isAlive(process)) {
            return Optional.of(held);
        }
        held.close();
        return Optional.empty();
    }

    /** Sends a signal; false if the process has ended. */
    public boolean send(Signal signal) {
        if (Kernel.libc().syscall(PIDFD_SEND_SIGNAL, fd.number(), signal.number(), 0, 0) == 0) {
            return true;
        }
        Errno errno = Kernel.lastError();
        if (errno == Errno.ESRCH) {
            return false;
        }
        throw new LinuxException("pidfd_send_signal", errno, process + ", " + signal);
    }

    /** Waits for the end of the process, without holding a carrier thread; false if it still runs after {@code timeout}. */
    public boolean awaitEnd(Readiness readiness, Duration timeout) throws InterruptedException {
        return readiness.await(fd, Readiness.Interest.READ, timeout);
    }

    /** As {@link #awaitEnd(Readiness, Duration)}, without limit. */
    public void awaitEnd(Readiness readiness) throws InterruptedException {
        readiness.await(fd, Readiness.Interest.READ);
    }

    @Override
    public void close() {
        fd.close();
    }
}
