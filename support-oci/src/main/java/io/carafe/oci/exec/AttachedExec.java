package io.carafe.oci.exec;

import io.carafe.domain.process.ExitStatus;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.cli.RuntimeLog;
import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.Conmon;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.oci.conmon.MonitorProcess;
import io.carafe.oci.conmon.SyncMessage;
import io.carafe.oci.conmon.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A command under a conmon of its own, which has the pty where there is one, and ends with the command.
 *
 * <p>Order: conmon listens and says so, we connect, only then does it run the command; so no output is lost.
 */
public final class AttachedExec {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final String attempted;
    private final ExecFiles exec;
    private final MonitorProcess monitor;
    private final AttachConnection connection;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(ExitStatus.UNKNOWN_CODE);

    private AttachedExec(String attempted, ExecFiles exec, MonitorProcess monitor, AttachConnection connection) {
        this.attempted = attempted;
        this.exec = exec;
        this.monitor = monitor;
        this.connection = connection;
    }

    /** Kills the command and all it has brought about. */
    public interface Kill {
        /** @param monitor conmon's pid */
        void kill(long monitor) throws IOException, InterruptedException;
    }

    /**
     * Returns when the command runs. Takes {@code exec} over, also when it fails.
     *
     * @param argv of conmon, as {@link io.carafe.oci.conmon.ConmonCommandLine#execAttached} makes it
     * @param input whether what is written to it arrives
     */
    public static AttachedExec open(
            String attempted, List<String> argv, ExecFiles exec, boolean input, Readiness readiness, Threads threads)
            throws CommandFailure, IOException, InterruptedException {
        boolean opened = false;
        try {
            MonitorProcess monitor = Conmon.launchExec(argv, exec.files());
            try {
                AttachedExec session = connect(attempted, exec, monitor, input, readiness, threads);
                opened = true;
                return session;
            } finally {
                if (!opened) {
                    monitor.kill();
                    monitor.release();
                }
            }
        } finally {
            if (!opened) {
                exec.close();
            }
        }
    }

    private static AttachedExec connect(
            String attempted,
            ExecFiles exec,
            MonitorProcess monitor,
            boolean input,
            Readiness readiness,
            Threads threads)
            throws CommandFailure, InterruptedException {
        monitor.begin();
        SyncMessage listening = await(threads, attempted, monitor::attachMessage);
        if (listening.isFailure()) {
            throw RuntimeFault.ofWords(attempted, listening.message());
        }
        AttachConnection connection = AttachConnection.toExec(exec.files().attachSocket(), input, readiness);
        boolean started = false;
        try {
            monitor.begin();
            SyncMessage pid = await(threads, attempted, monitor::message);
            if (pid.isFailure()) {
                String words = new RuntimeLog(exec.files().runtimeLog()).lastError();
                throw RuntimeFault.ofWords(attempted, words.isEmpty() ? pid.message() : words);
            }
            started = true;
        } finally {
            if (!started) {
                connection.close();
            }
        }
        AttachedExec session = new AttachedExec(attempted, exec, monitor, connection);
        threads.background().start("streams of " + attempted, connection::pump);
        threads.background().start("end of " + attempted, session::awaitEnd);
        return session;
    }

    private static SyncMessage await(Threads threads, String name, Callable<Optional<SyncMessage>> read)
            throws CommandFailure, InterruptedException {
        return threads.deadline()
                .within(name, START, () -> {
                    try {
                        return read.call();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElseThrow(() -> new CommandFailure.Killed("conmon ended without a message"));
    }

    public AttachConnection connection() {
        return connection;
    }

    public ControlFifo control() {
        return new ControlFifo(exec.files().controlFifo());
    }

    /** Waits for the end and answers the exit code. */
    public int waitFor() throws InterruptedException {
        ended.await();
        return exitCode.get();
    }

    /** Ends the command, if it still runs, and conmon. */
    public void close(Kill kill) throws IOException {
        try {
            if (ended.getCount() > 0) {
                kill.kill(monitor.pid());
            }
            if (!monitor.awaitEnd(ENDING)) {
                monitor.kill();
            }
            // until its last message has been read from the pipe that is about to be closed
            ended.await(ENDING.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            monitor.kill();
        } finally {
            connection.close();
            monitor.release();
            exec.close();
        }
    }

    /** conmon writes its last message and ends: read then, so that no carrier thread is blocked meanwhile. */
    private void awaitEnd() {
        try {
            monitor.awaitEnd();
            Optional<SyncMessage> message = monitor.message();
            message.ifPresent(exit -> exitCode.set(exit.value()));
        } catch (IOException e) {
            System.getLogger(AttachedExec.class.getName())
                    .log(System.Logger.Level.WARNING, "the exit code of " + attempted + " is lost: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
