package io.carafe.kata;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.process.Signals;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.shim.TaskClient;
import io.carafe.oci.shim.TaskExit;
import io.carafe.oci.ttrpc.PendingCall;
import io.carafe.oci.ttrpc.StatusCode;
import io.carafe.oci.ttrpc.TtrpcFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Waits for the end of tasks, a pending call each, and serves their streams until then.
 *
 * <p>When a task has ended, its output is carried on to the last byte, its exit written down, and only then told. When the connection
 * breaks, it is made anew; when the shim is dead, its delete action ends and removes what it left, and that is the end of the task.
 *
 * <p>Concurrency: safe. Crash: nothing of it is needed; whoever adopts the task begins again.
 */
final class TaskWatch {
    private static final System.Logger LOG = System.getLogger(TaskWatch.class.getName());
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration DRAINING = Duration.ofSeconds(5);
    private static final int KILLED = 128 + Signal.KILL.number();

    /** A task under way: its streams, and a latch that opens when its exit is written down. */
    private record Watched(TaskStreams streams, CountDownLatch ended) {}

    private final ShimTools tools;
    private final PodShims shims;
    private final BiConsumer<String, ExitStatus> exits;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    /** @param exits told of every end but that of a task that was deleted meanwhile */
    TaskWatch(ShimTools tools, PodShims shims, BiConsumer<String, ExitStatus> exits) {
        this.tools = tools;
        this.shims = shims;
        this.exits = exits;
    }

    /** Serves the streams of a task that is about to be created. */
    void serve(ShimTask task, TaskTrace trace) throws IOException {
        watched.put(task.id(), new Watched(TaskStreams.serve(task, trace, tools, false), new CountDownLatch(1)));
    }

    /** Waits for the end of a task that was created; its streams are served. The shim has been asked when this returns. */
    void begin(ShimTask task, TaskTrace trace) {
        Optional<PendingCall> asked = ask(task, trace);
        tools.tasks().background("exit of " + task, () -> {
            try {
                ShimFault.doing("wait for the end of " + task, () -> watch(task, trace, asked));
            } catch (InterruptedException e) {
                // the daemon ends; the task goes on
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Serves and watches a task of an earlier daemon. Idempotent. */
    void adopt(ShimTask task, TaskTrace trace, boolean shimHasItsStreams) throws IOException {
        if (watched.containsKey(task.id())) {
            return;
        }
        watched.put(
                task.id(),
                new Watched(TaskStreams.serve(task, trace, tools, shimHasItsStreams), new CountDownLatch(1)));
        begin(task, trace);
    }

    /** Its streams, if they are served here. */
    Optional<TaskStreams> streams(String id) {
        return Optional.ofNullable(watched.get(id)).map(Watched::streams);
    }

    /** Waits for the exit of a task that has ended to be written down; false if it was not within {@code timeout}. */
    boolean awaitEnd(String id, Duration timeout) throws InterruptedException {
        Optional<Watched> found = Optional.ofNullable(watched.get(id));
        return found.isPresent() && found.get().ended().await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Serves its streams no more. Idempotent. */
    void forget(String id) {
        Optional.ofNullable(watched.remove(id)).map(Watched::streams).ifPresent(TaskStreams::close);
    }

    private Optional<PendingCall> ask(ShimTask task, TaskTrace trace) {
        try {
            return Optional.of(shims.client(trace.sandbox()).awaitExit(task.id(), ""));
        } catch (TtrpcFailure | ShimDead | IOException e) {
            return Optional.empty();
        }
    }

    private void watch(ShimTask task, TaskTrace trace, Optional<PendingCall> asked) throws Exception {
        try {
            Optional<ExitStatus> status = awaitExit(task, trace, asked);
            if (status.isEmpty() || isReplaced(task) || !task.writeExit(status.get())) {
                return;
            }
            // what is written down is what counts: another may have been first
            ExitStatus told = task.exit().orElse(status.get());
            ended(task);
            exits.accept(task.id(), told);
        } finally {
            ended(task);
        }
    }

    /** Then its output is not in the log by our doing, and whoever has taken over tells. */
    private boolean isReplaced(ShimTask task) {
        return streams(task.id()).filter(TaskStreams::isReplaced).isPresent();
    }

    private void ended(ShimTask task) {
        Optional.ofNullable(watched.get(task.id())).map(Watched::ended).ifPresent(CountDownLatch::countDown);
    }

    /** Empty if the shim knows no such task: it was deleted, or never created. */
    private Optional<ExitStatus> awaitExit(ShimTask task, TaskTrace trace, Optional<PendingCall> asked)
            throws Exception {
        Optional<PendingCall> pending = asked;
        boolean told = false;
        while (true) {
            try {
                if (pending.isEmpty()) {
                    pending = Optional.of(shims.client(trace.sandbox()).awaitExit(task.id(), ""));
                }
                return Optional.of(finished(task, trace, TaskClient.exitOf(pending.get())));
            } catch (TtrpcFailure.Refused e) {
                if (e.code() == StatusCode.NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            } catch (TtrpcFailure.Lost e) {
                pending = Optional.empty();
                if (!shims.awaitEnd(trace.sandbox(), MOMENT) && !told) {
                    told = true;
                    LOG.log(System.Logger.Level.WARNING, e.getMessage() + "; its shim runs, so it is tried again");
                }
            } catch (ShimDead e) {
                return task.exists() ? Optional.of(afterTheShim(task, trace, e.why())) : Optional.empty();
            }
        }
    }

    private ExitStatus finished(ShimTask task, TaskTrace trace, TaskExit exit)
            throws IOException, InterruptedException {
        Instant at = exit.at().orElseGet(tools.clock()::instant);
        // first: the shim answers only as long as it is there, and draining may take a while
        boolean oomKilled = isOomKilled(task, trace);
        drain(task);
        return ExitStatus.of(exit.code(), at, oomKilled);
    }

    /** The shim is dead: its delete action ends and removes what still runs. */
    ExitStatus afterTheShim(ShimTask task, TaskTrace trace, String why) throws IOException, InterruptedException {
        boolean oomKilled = isOomKilled(task, trace);
        int code = KILLED;
        try {
            code = tools.program().delete(task.id(), task.directory()).code();
        } catch (CommandFailure | IOException e) {
            // what was never created has nothing that the action could find
            boolean expected = !task.wasCreated() || !task.exists();
            LOG.log(
                    expected ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "clean up " + task + " after its shim: " + e.getMessage());
        }
        endProcesses(task, trace);
        if (shims.awaitEnd(trace.sandbox(), Duration.ZERO)) {
            // the action may have failed after it had made them anew
            new KataCgroups(tools).remove(trace.sandbox(), trace.cgroup());
        }
        drain(task);
        return new ExitStatus(
                code == 0 ? KILLED : code,
                tools.clock().instant(),
                oomKilled ? ExitStatus.OOM_KILLED : ExitStatus.ERROR,
                why + "; its delete action has ended the " + task.what());
    }

    /** By our own means, where the processes are the host's. */
    void endProcesses(ShimTask task, TaskTrace trace) throws IOException, InterruptedException {
        if (!tools.profile().onHost()) {
            return;
        }
        task.init().ifPresent(init -> Signals.send(init, Signal.KILL));
        Cgroup cgroup = tools.cgroups().cgroup(trace.cgroup());
        if (!cgroup.killAll(ShimTools.ENDING)) {
            throw new Fault.TimedOut("end " + task + ": " + cgroup.hanging(ShimTools.ENDING));
        }
    }

    private void drain(ShimTask task) throws InterruptedException {
        Optional<TaskStreams> streams = streams(task.id());
        if (task.wasCreated() && streams.isPresent() && !streams.get().awaitEnd(DRAINING)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    task + " has ended, and its streams are still open after " + DurationText.of(DRAINING)
                            + "; its log goes on");
        }
    }

    private boolean isOomKilled(ShimTask task, TaskTrace trace) throws IOException, InterruptedException {
        if (tools.profile().onHost()) {
            return tools.oomLedger().settle(trace.cgroup());
        }
        if (Files.exists(task.file("oom"))) {
            return true;
        }
        try {
            return shims.client(trace.sandbox()).oomKills(task.id(), MOMENT).orElse(0) > 0;
        } catch (TtrpcFailure | ShimDead | IOException e) {
            // with its end a guest may have forgotten what it counted
            return false;
        }
    }
}
