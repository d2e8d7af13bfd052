package io.carafe.kata;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.spec.OciProcess;
import io.carafe.linux.fifo.FifoReader;
import io.carafe.linux.fifo.FifoWriter;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.socket.Fifo;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.exec.ExecProcesses;
import io.carafe.oci.shim.TaskClient;
import io.carafe.oci.shim.TaskExit;
import io.carafe.oci.shim.TaskStdio;
import io.carafe.oci.stdio.StreamPump;
import io.carafe.oci.ttrpc.PendingCall;
import io.carafe.oci.ttrpc.TtrpcFailure;
import io.carafe.ports.runtime.ExecPlan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A command in a container, by its shim. Its FIFOs lie in the container's directory, so that they go with it after a crash.
 *
 * <p>Closing it kills the command and what it has started, if it still runs, and removes it from the shim; that may wait for children
 * which hold the streams, so nobody waits for it.
 */
final class ShimExec implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ShimExec.class.getName());

    private final ShimTools tools;
    private final PodShims shims;
    private final ShimTask task;
    private final TaskTrace trace;
    private final String id = UUID.randomUUID().toString();
    private final Bundle directory;
    private final List<StreamPump> pumps = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private Optional<FifoWriter> stdin = Optional.empty();
    private Optional<PendingCall> exit = Optional.empty();
    private Optional<ProcessIdentity> process = Optional.empty();
    private volatile boolean ended;

    private ShimExec(ShimTools tools, PodShims shims, ShimTask task, TaskTrace trace) {
        this.tools = tools;
        this.shims = shims;
        this.task = task;
        this.trace = trace;
        this.directory = new Bundle(task.execs().resolve(id));
    }

    /** Ends and removes the commands of an earlier daemon, which do not outlive it. What fails is removed with the container. */
    static void endLeftovers(PodShims shims, ShimTask task, TaskTrace trace) throws InterruptedException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(task.execs())) {
            for (Path directory : left) {
                String exec = String.valueOf(directory.getFileName());
                TaskClient client = shims.client(trace.sandbox());
                client.kill(task.id(), exec, Signal.KILL, true);
                client.delete(task.id(), exec);
                new Bundle(directory).remove();
            }
        } catch (NoSuchFileException e) {
            // there were none
        } catch (TtrpcFailure | ShimDead | IOException | LinuxException e) {
            LOG.log(System.Logger.Level.WARNING, "end what was executed in " + task + ": " + e.getMessage());
        }
    }

    /** Runs it; with a terminal all output goes to {@code stdout}, and {@code stderr} is at its end at once. */
    static ShimExec start(
            ShimTools tools,
            PodShims shims,
            ShimTask task,
            TaskTrace trace,
            ExecPlan plan,
            boolean stdin,
            StreamPump.Sink stdout,
            StreamPump.Sink stderr)
            throws Exception {
        ShimExec exec = new ShimExec(tools, shims, task, trace);
        boolean started = false;
        try {
            exec.start(plan, stdin, stdout, stderr);
            started = true;
            return exec;
        } finally {
            if (!started) {
                exec.abandon();
            }
        }
    }

    private void start(ExecPlan plan, boolean input, StreamPump.Sink stdout, StreamPump.Sink stderr) throws Exception {
        directory.make();
        OciProcess command = plan.process();
        TaskStdio stdio = new TaskStdio(
                command.terminal(),
                input ? Optional.of(directory.directory().resolve("stdin")) : Optional.empty(),
                Optional.of(directory.directory().resolve("stdout")),
                command.terminal()
                        ? Optional.empty()
                        : Optional.of(directory.directory().resolve("stderr")));
        if (stdio.stdin().isPresent()) {
            Fifo.make(stdio.stdin().get());
            stdin = Optional.of(FifoWriter.open(stdio.stdin().get(), tools.readiness()));
        }
        pump("stdout", stdio.stdout(), stdout);
        pump("stderr", stdio.stderr(), stderr);
        TaskClient client = shims.client(trace.sandbox());
        tools.gated(() -> {
            client.exec(task.id(), id, stdio, command, plan.size());
            exit = Optional.of(client.awaitExit(task.id(), id));
            long pid = client.start(task.id(), id);
            if (tools.profile().onHost()) {
                process = ProcessTable.HOST.identify(pid);
            }
            return pid;
        });
    }

    Optional<FifoWriter> stdin() {
        return stdin;
    }

    /** The end of its input; whatever was written before is read. */
    void endInput() throws InterruptedException {
        if (stdin.isPresent()) {
            stdin.get().close();
            ShimFault.doing(
                    "end the input of " + this,
                    () -> shims.client(trace.sandbox()).closeStdin(task.id(), id));
        }
    }

    void resize(int width, int height) {
        AttachedTask.resize(tools, shims, trace.sandbox(), task.id(), id, width, height);
    }

    TaskExit awaitExit() throws TtrpcFailure, InterruptedException {
        TaskExit result = TaskClient.exitOf(exit.orElseThrow());
        ended = true;
        return result;
    }

    /** @throws TtrpcFailure.Late if it has not ended within {@code timeout} */
    TaskExit awaitExit(Duration timeout) throws TtrpcFailure, InterruptedException {
        TaskExit result = TaskClient.exitOf(exit.orElseThrow(), timeout.isNegative() ? Duration.ZERO : timeout);
        ended = true;
        return result;
    }

    /** Waits for the end of its output; false if there may be more after {@code timeout}. */
    boolean awaitOutput(Duration timeout) throws InterruptedException {
        boolean ended = true;
        for (StreamPump pump : pumps) {
            ended &= pump.awaitEnd(timeout);
        }
        return ended;
    }

    @Override
    public void close() {
        stdin.ifPresent(FifoWriter::close);
        if (!ended) {
            kill();
        }
        tools.tasks().background("remove " + this, this::remove);
    }

    private void pump(String name, Optional<Path> fifo, StreamPump.Sink sink) {
        if (fifo.isEmpty()) {
            sink.end(Optional.empty());
            return;
        }
        Fifo.make(fifo.get());
        StreamPump pump = new StreamPump(FifoReader.open(fifo.get(), tools.readiness()), sink);
        pumps.add(pump);
        threads.add(tools.tasks().background(name + " of " + this, pump::run));
    }

    /** Everything that it has brought about. */
    private void kill() {
        try {
            process.ifPresent(root -> new ExecProcesses(
                            Optional.of(tools.cgroups().cgroup(trace.cgroup())),
                            directory.directory(),
                            Optional.of(root),
                            Optional.of(root.pid()))
                    .kill());
            shims.client(trace.sandbox()).kill(task.id(), id, Signal.KILL, true);
        } catch (TtrpcFailure | ShimDead | IOException | LinuxException e) {
            warn("kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        try {
            if (exit.isPresent()) {
                TaskClient.exitOf(exit.get(), ShimTools.ENDING);
            }
            shims.client(trace.sandbox()).delete(task.id(), id);
        } catch (TtrpcFailure | ShimDead | IOException e) {
            if (task.exists()) {
                warn("remove", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            abandon();
        }
    }

    /** Nothing of it runs. */
    private void abandon() {
        stdin.ifPresent(FifoWriter::close);
        exit.ifPresent(PendingCall::close);
        threads.forEach(Thread::interrupt);
        if (task.exists()) {
            directory.remove();
        }
    }

    private void warn(String what, Exception e) {
        LOG.log(System.Logger.Level.WARNING, what + " " + this + ": " + e.getMessage());
    }

    @Override
    public String toString() {
        return "exec " + id + " in " + task;
    }
}
