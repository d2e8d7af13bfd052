package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.shim.TaskClient;
import io.carafe.oci.ttrpc.TtrpcFailure;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * All tasks of one kind, each with a directory of its own that is its bundle: containers of pods, or sandbox containers.
 *
 * <p>Creation puts intent before effect, so that {@link TaskRemoval} finds everything after a crash at any line:
 *
 * <pre>
 *   directory, trace.json            for a sandbox the shim, too
 *   FIFOs and who holds them, root, config.json
 *   Create                           created, init.json, on the host an account of OOM kills
 *   Wait pending
 * </pre>
 *
 * <p>Concurrency: as the ports say: one call at a time for one id, but for observing and killing.
 */
final class ShimTasks {
    private final ShimTools tools;
    private final PodShims shims;
    private final Path directory;
    private final String what;
    private final TaskWatch watch;
    private final TaskRemoval removal;
    private final TaskObserver observer;

    /** @param what "container" or "sandbox", for messages */
    ShimTasks(ShimTools tools, PodShims shims, Path directory, String what, BiConsumer<String, ExitStatus> exits) {
        this.tools = tools;
        this.shims = shims;
        this.directory = directory;
        this.what = what;
        this.watch = new TaskWatch(tools, shims, exits);
        this.removal = new TaskRemoval(tools, shims, watch);
        this.observer = new TaskObserver(tools, shims, watch);
    }

    ShimTask task(String id) {
        return ShimTask.in(directory, what, id);
    }

    TaskWatch watch() {
        return watch;
    }

    /** Creates a task whose directory and trace have been made, with a shim that runs. */
    void create(ShimTask task, TaskTrace trace, OciSpec spec) throws Exception {
        TaskStreams.make(task, trace);
        if (trace.output()) {
            tools.holder().holdOutput(task.id(), TaskStreams.fifos(task, trace), shims.cgroup(trace.sandbox()));
        }
        if (trace.input()) {
            tools.holder().holdInput(task.id(), task.file("stdin"), shims.cgroup(trace.sandbox()));
        }
        task.bundle().write(rooted(task, spec));
        watch.serve(task, trace);
        TaskClient client = shims.clientOfNew(trace.sandbox());
        long pid = tools.gated(() -> client.create(
                task.id(), task.directory(), TaskStreams.stdio(task, trace), tools.options(), ShimTools.CREATE));
        task.writeCreated();
        if (tools.profile().onHost()) {
            Optional<ProcessIdentity> init = ProcessTable.HOST.identify(pid);
            if (init.isPresent()) {
                task.writeInit(init.get());
            }
            tools.oomLedger().open(trace.cgroup());
        }
        watch.begin(task, trace);
    }

    void start(String id) throws InterruptedException {
        ShimTask task = task(id);
        switch (observe(id)) {
            case Observation.Created _ ->
                ShimFault.doing("start " + task, () -> {
                    TaskClient client = shims.client(sandboxOf(task));
                    // said before: the task may have ended before the answer is here
                    watch.streams(id).ifPresent(streams -> streams.expectShim(true));
                    try {
                        tools.gated(() -> client.start(id, ""));
                    } catch (TtrpcFailure.Refused e) {
                        watch.streams(id).ifPresent(streams -> streams.expectShim(false));
                        throw e;
                    }
                });
            case Observation.Gone gone ->
                throw new Fault.NotFound("start " + task + ": " + gone.proof() + "; create it first");
            case Observation.Exited exited ->
                throw new Fault.WrongState("start " + task + ": it ended before it was started, code "
                        + exited.status().code() + "; remove it and create another");
            case Observation other -> throw new Fault.WrongState("start " + task + ": it is " + other);
        }
    }

    /** Idempotent. A dead shim leaves nothing that a signal could reach; its delete action is under way. */
    void kill(String id, Signal signal, KillScope scope) throws InterruptedException {
        ShimTask task = task(id);
        ShimFault.doing("kill " + task, () -> {
            Optional<TaskTrace> trace = task.trace();
            if (trace.isEmpty() || task.exit().isPresent()) {
                return;
            }
            try {
                shims.ask(trace.get().sandbox(), client -> client.kill(id, "", signal, scope == KillScope.ALL));
            } catch (ShimDead e) {
                if (signal.equals(Signal.KILL)) {
                    watch.endProcesses(task, trace.get());
                }
            }
        });
    }

    void delete(String id) throws InterruptedException {
        removal.remove(task(id));
    }

    /** Has the shim forget the tasks of a sandbox that have ended: it does not shut down while it has any. What is on disk stays. */
    void forgetEnded(String sandbox) throws IOException, InterruptedException {
        for (ShimTask task : all()) {
            boolean ended = task.exit().isPresent()
                    && task.trace()
                            .filter(trace -> trace.sandbox().equals(sandbox))
                            .isPresent();
            if (ended) {
                try {
                    shims.client(sandbox).delete(task.id(), "");
                } catch (TtrpcFailure | ShimDead e) {
                    // then it is ended by force
                    return;
                }
            }
        }
    }

    private List<ShimTask> all() throws IOException {
        try (Stream<Path> directories = Files.list(directory)) {
            return directories
                    .map(path -> task(String.valueOf(path.getFileName())))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    void deleteAfterFailure(ShimTask task) throws InterruptedException {
        removal.removeAfterFailure(task);
    }

    Observation observe(String id) throws InterruptedException {
        return observer.observe(task(id));
    }

    /** Watches a task that an earlier daemon created; one that is gone has nothing to tell. */
    void adopt(String id) throws InterruptedException {
        ShimTask task = task(id);
        ShimFault.doing("adopt " + task, () -> {
            Optional<TaskTrace> trace = task.trace();
            if (trace.isPresent() && task.wasCreated()) {
                watch.adopt(task, trace.get(), observer.shimHasStreams(task, trace.get()));
                if (tools.profile().onHost()) {
                    tools.oomLedger().adopt(trace.get().cgroup());
                }
                ShimExec.endLeftovers(shims, task, trace.get());
            }
        });
    }

    /**
     * The task's trace, if it runs.
     *
     * @throws Fault.WrongState if it does not
     */
    TaskTrace running(String attempted, String id) throws InterruptedException {
        return switch (observe(id)) {
            case Observation.Running _ ->
                ShimFault.during(attempted, () -> task(id).trace().orElseThrow());
            case Observation.Gone gone -> throw new Fault.NotFound(attempted + ": " + gone.proof());
            case Observation.Exited exited ->
                throw new Fault.WrongState(
                        attempted + ": it has ended, code " + exited.status().code());
            case Observation.Created _ -> throw new Fault.WrongState(attempted + ": it has not been started");
            case Observation.Paused _ -> throw new Fault.WrongState(attempted + ": it is paused; resume it");
            case Observation.Unreachable lost -> throw new Fault.Unavailable(attempted + ": " + lost.why());
        };
    }

    /** Where the shim shares the bundle with its guest, the root goes into it. */
    private OciSpec rooted(ShimTask task, OciSpec spec) throws Exception {
        Path rootfs = task.bundle().rootfs();
        if (!tools.profile().rootInBundle() || spec.root().path().equals(rootfs.toString())) {
            return spec;
        }
        Files.createDirectories(rootfs);
        Mounts.bindRecursive(Path.of(spec.root().path()), rootfs);
        return ShimSpecs.withRoot(spec, rootfs);
    }

    private static String sandboxOf(ShimTask task) throws Exception {
        return task.trace().map(TaskTrace::sandbox).orElseThrow(() -> new ShimDead("nothing is known of " + task));
    }
}
