package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * All containers of one kind, each with a directory of its own: those of pods, or the pause processes of sandboxes.
 *
 * <p>Concurrency: as the ports say: one call at a time for one id, but for observing and killing.
 */
final class MonitoredContainers {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    private final RuncTools tools;
    private final Path directory;
    private final String what;
    private final Creation creation;
    private final Removal removal;
    private final Observer observer;
    private final ExitWatch exits;

    /** @param what "container" or "sandbox", for messages */
    MonitoredContainers(RuncTools tools, Path directory, String what, BiConsumer<String, ExitStatus> sink) {
        this.tools = tools;
        this.directory = directory;
        this.what = what;
        this.removal = new Removal(tools);
        this.creation = new Creation(tools, removal);
        this.observer = new Observer(tools);
        this.exits = new ExitWatch(tools, sink);
    }

    MonitoredContainer container(String id) {
        return MonitoredContainer.in(directory, what, id, tools.cli().commands().root());
    }

    void create(String id, OciSpec spec, PodCgroupPath podCgroup, Streams streams) throws InterruptedException {
        MonitoredContainer container = container(id);
        creation.create(container, spec, podCgroup, streams);
        exits.watch(container);
    }

    void start(String id) throws InterruptedException {
        MonitoredContainer container = container(id);
        switch (observer.observe(container)) {
            case Observation.Created _ -> {
                RuntimeFault.doing(
                        "start " + container,
                        () -> tools.gated(() -> {
                            tools.cli().start(id, container.directory());
                            return container;
                        }));
            }
            case Observation.Gone gone ->
                throw new Fault.NotFound("start " + container + ": " + gone.proof() + "; create it first");
            case Observation.Exited exited ->
                throw new Fault.WrongState("start " + container + ": it ended before it was started, code "
                        + exited.status().code() + "; remove it and create another");
            case Observation other -> throw new Fault.WrongState("start " + container + ": it is " + other);
        }
    }

    void kill(String id, Signal signal, KillScope scope) throws InterruptedException {
        MonitoredContainer container = container(id);
        RuntimeFault.doing("kill " + container, () -> {
            switch (scope) {
                case INIT -> container.init().ifPresent(process -> Signals.send(process, signal));
                case ALL -> killAll(container, signal);
            }
        });
    }

    void delete(String id) throws InterruptedException {
        removal.remove(container(id));
    }

    Observation observe(String id) throws InterruptedException {
        return observer.observe(container(id));
    }

    /** Watches a container that an earlier daemon created; one that is gone has nothing to tell. */
    void adopt(String id) throws InterruptedException {
        MonitoredContainer container = container(id);
        if (container.exists()) {
            new LeftoverExecs(tools, container).end();
            exits.watch(container);
            RuntimeFault.doing(
                    "adopt " + container,
                    () -> container.trace().ifPresent(trace -> tools.oomLedger().adopt(trace.cgroup())));
        }
    }

    /**
     * The container, which runs.
     *
     * @throws Fault.WrongState if it does not
     */
    MonitoredContainer running(String attempted, String id) throws InterruptedException {
        MonitoredContainer container = container(id);
        return switch (observer.observe(container)) {
            case Observation.Running _ -> container;
            case Observation.Gone gone -> throw new Fault.NotFound(attempted + ": " + gone.proof());
            case Observation.Exited exited ->
                throw new Fault.WrongState(
                        attempted + ": it has ended, code " + exited.status().code());
            case Observation.Created _ -> throw new Fault.WrongState(attempted + ": it has not been started");
            case Observation.Paused _ -> throw new Fault.WrongState(attempted + ": it is paused; resume it");
            case Observation.Unreachable lost -> throw new Fault.Unavailable(attempted + ": " + lost.why());
        };
    }

    private void killAll(MonitoredContainer container, Signal signal) throws IOException, InterruptedException {
        Optional<Cgroup> cgroup = container.trace().map(trace -> tools.cgroups().cgroup(trace.cgroup()));
        if (cgroup.isEmpty()) {
            return;
        }
        if (signal.equals(Signal.KILL)) {
            cgroup.get().killAll(KILL_TIMEOUT);
            return;
        }
        for (long pid : cgroup.get().processes()) {
            Optional<ProcessIdentity> process = ProcessTable.HOST.identify(pid);
            process.ifPresent(found -> Signals.send(found, signal));
        }
    }
}
