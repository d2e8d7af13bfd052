package io.carafe.runc;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeLog;
import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.Conmon;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.oci.conmon.MonitorProcess;
import io.carafe.oci.conmon.SyncMessage;
import io.carafe.ports.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
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
final class MonitoredExec implements ExecSession {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final RuncTools tools;
    private final MonitoredContainer container;
    private final ExecFiles exec;
    private final MonitorProcess monitor;
    private final MonitoredStreams streams;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(ExitStatus.UNKNOWN_CODE);

    private MonitoredExec(
            RuncTools tools,
            MonitoredContainer container,
            ExecFiles exec,
            MonitorProcess monitor,
            MonitoredStreams streams) {
        this.tools = tools;
        this.container = container;
        this.exec = exec;
        this.monitor = monitor;
        this.streams = streams;
    }

    /** Takes {@code exec} over, also when it fails. */
    static MonitoredExec open(
            RuncTools tools, MonitoredContainer container, ExecFiles exec, boolean terminal, boolean stdin)
            throws CommandFailure, IOException, InterruptedException {
        boolean opened = false;
        try {
            MonitorProcess monitor = Conmon.launchExec(
                    tools.conmon()
                            .execAttached(
                                    container.id(), exec.session(), exec.files(), exec.process(), terminal, stdin),
                    exec.files());
            try {
                MonitoredExec session = connect(tools, container, exec, monitor, terminal, stdin);
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

    private static MonitoredExec connect(
            RuncTools tools,
            MonitoredContainer container,
            ExecFiles exec,
            MonitorProcess monitor,
            boolean terminal,
            boolean stdin)
            throws CommandFailure, InterruptedException {
        String attempted = "exec in " + container;
        monitor.begin();
        SyncMessage listening = await(tools, attempted, monitor::attachMessage);
        if (listening.isFailure()) {
            throw RuncFault.ofWords(attempted, listening.message());
        }
        AttachConnection connection =
                AttachConnection.toExec(exec.files().attachSocket(), stdin || terminal, tools.readiness());
        boolean started = false;
        try {
            monitor.begin();
            SyncMessage pid = await(tools, attempted, monitor::message);
            if (pid.isFailure()) {
                String words = new RuntimeLog(exec.files().runtimeLog()).lastError();
                throw RuncFault.ofWords(attempted, words.isEmpty() ? pid.message() : words);
            }
            started = true;
        } finally {
            if (!started) {
                connection.close();
            }
        }
        MonitoredExec session = new MonitoredExec(
                tools,
                container,
                exec,
                monitor,
                new MonitoredStreams(connection, new ControlFifo(exec.files().controlFifo()), terminal));
        tools.tasks().background("streams of " + attempted, connection::pump);
        tools.tasks().background("end of " + attempted, session::awaitEnd);
        return session;
    }

    private static SyncMessage await(RuncTools tools, String name, Callable<Optional<SyncMessage>> read)
            throws CommandFailure, InterruptedException {
        return tools.tasks()
                .within(name, START, () -> {
                    try {
                        return read.call();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElseThrow(() -> new CommandFailure.Killed("conmon ended without a message"));
    }

    @Override
    public OutputStream stdin() {
        return streams.stdin();
    }

    @Override
    public InputStream stdout() {
        return streams.stdout();
    }

    @Override
    public InputStream stderr() {
        return streams.stderr();
    }

    @Override
    public void resize(int width, int height) {
        streams.resize(width, height);
    }

    @Override
    public int waitFor() throws InterruptedException {
        ended.await();
        return exitCode.get();
    }

    @Override
    public void close() throws IOException {
        try {
            if (ended.getCount() > 0) {
                killProcesses();
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
            streams.close();
            monitor.release();
            exec.close();
        }
    }

    private void killProcesses() throws IOException {
        Optional<ProcessIdentity> runtime = ProcessTable.HOST.identify(monitor.pid());
        if (runtime.isPresent()) {
            ExecProcesses.of(tools, container, exec, runtime.get()).kill();
        }
    }

    /** conmon writes its last message and ends: read then, so that no carrier thread is blocked meanwhile. */
    private void awaitEnd() {
        try {
            monitor.awaitEnd();
            Optional<SyncMessage> message = monitor.message();
            message.ifPresent(exit -> exitCode.set(exit.value()));
        } catch (IOException e) {
            System.getLogger(MonitoredExec.class.getName())
                    .log(System.Logger.Level.WARNING, "exit code of an exec in " + container + " is lost: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
