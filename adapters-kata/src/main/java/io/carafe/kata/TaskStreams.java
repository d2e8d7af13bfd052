package io.carafe.kata;

import io.carafe.linux.fifo.FifoReader;
import io.carafe.linux.fifo.FifoWriter;
import io.carafe.linux.fifo.ReaderLease;
import io.carafe.linux.socket.Fifo;
import io.carafe.oci.shim.TaskStdio;
import io.carafe.oci.stdio.CriLog;
import io.carafe.oci.stdio.FanOut;
import io.carafe.oci.stdio.OutputPump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The streams of a task while this daemon serves them: FIFOs to the log and to attached clients, and its standard input.
 *
 * <p>Concurrency: safe. Crash: the FIFOs stay with what is in them; the next who serves them goes on.
 */
final class TaskStreams implements AutoCloseable {
    private static final String STDIN = "stdin";
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";

    private final List<OutputPump> pumps = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final FanOut stdout = new FanOut();
    private final FanOut stderr = new FanOut();
    private final Optional<CriLog> log;
    private final Optional<FifoWriter> stdin;
    private final ReaderLease lease;

    private TaskStreams(Optional<CriLog> log, Optional<FifoWriter> stdin, ReaderLease lease) {
        this.log = log;
        this.stdin = stdin;
        this.lease = lease;
    }

    /** Makes the FIFOs that a task needs. */
    static void make(ShimTask task, TaskTrace trace) {
        fifos(task, trace).forEach(Fifo::make);
        if (trace.input()) {
            Fifo.make(task.file(STDIN));
        }
    }

    /** Where the shim finds them. */
    static TaskStdio stdio(ShimTask task, TaskTrace trace) {
        return new TaskStdio(
                trace.terminal(),
                trace.input() ? Optional.of(task.file(STDIN)) : Optional.empty(),
                trace.output() ? Optional.of(task.file(STDOUT)) : Optional.empty(),
                trace.output() && !trace.terminal() ? Optional.of(task.file(STDERR)) : Optional.empty());
    }

    /** The FIFOs of its output. */
    static List<Path> fifos(ShimTask task, TaskTrace trace) {
        TaskStdio stdio = stdio(task, trace);
        return Stream.of(stdio.stdout(), stdio.stderr())
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Takes them over from whoever served them before, and begins.
     *
     * @param shimWasThere whether the shim may have opened them already
     */
    static TaskStreams serve(ShimTask task, TaskTrace trace, ShimTools tools, boolean shimWasThere) throws IOException {
        Optional<CriLog> log = trace.log().isPresent()
                ? Optional.of(CriLog.open(Path.of(trace.log().get()), tools.clock()))
                : Optional.empty();
        ReaderLease lease = ReaderLease.take(task.file("reader"));
        Optional<FifoWriter> stdin = trace.input() && !Files.exists(task.file("stdin.ended"))
                ? Optional.of(FifoWriter.open(task.file(STDIN), tools.readiness()))
                : Optional.empty();
        TaskStreams streams = new TaskStreams(log, stdin, lease);
        TaskStdio stdio = stdio(task, trace);
        stdio.stdout().ifPresent(fifo -> streams.pump(task, STDOUT, fifo, tools, shimWasThere, streams.stdout));
        stdio.stderr().ifPresent(fifo -> streams.pump(task, STDERR, fifo, tools, shimWasThere, streams.stderr));
        return streams;
    }

    /** From now on; with a terminal all output is here. */
    InputStream joinStdout() {
        return stdout.join();
    }

    InputStream joinStderr() {
        return stderr.join();
    }

    /** Empty if the task has no input, or it has been ended. */
    Optional<FifoWriter> stdin() {
        return stdin;
    }

    /** False if there is no log. */
    boolean reopenLog() throws IOException {
        if (log.isPresent()) {
            log.get().reopen();
        }
        return log.isPresent();
    }

    /** Whether the shim is certain to open its ends, as it is once the task is started. */
    void expectShim(boolean comes) {
        pumps.forEach(pump -> pump.expectWriter(comes));
    }

    /** Waits until all output has been carried on; false if the streams are still open after {@code timeout}. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (OutputPump pump : pumps) {
            if (!pump.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /** True once somebody else serves them: another daemon, to whom this one is dead. */
    boolean isReplaced() {
        return pumps.stream().anyMatch(OutputPump::isReplaced);
    }

    /** Serves them no more. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        stdin.ifPresent(FifoWriter::close);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            if (log.isPresent()) {
                log.get().close();
            }
        } catch (IOException e) {
            // what was written is in the file
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stdout.end();
            stderr.end();
            lease.close();
        }
    }

    private void pump(ShimTask task, String name, Path fifo, ShimTools tools, boolean shimWasThere, FanOut clients) {
        OutputPump pump =
                new OutputPump(name, FifoReader.open(fifo, tools.readiness()), shimWasThere, log, clients, lease);
        pumps.add(pump);
        threads.add(tools.tasks().background(name + " of " + task, pump::run));
    }
}
