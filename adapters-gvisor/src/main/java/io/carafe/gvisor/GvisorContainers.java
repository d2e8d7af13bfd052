package io.carafe.gvisor;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.process.Signals;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The containers of pods. */
record GvisorContainers(
        GvisorTools tools,
        Path directory,
        Creation creation,
        Starting starting,
        Removal removal,
        Observer observer,
        ExitWatch exits,
        Map<RuntimeFeature, String> missingFeatures)
        implements Containers {
    private static final Duration REOPEN_TIMEOUT = Duration.ofSeconds(5);

    private MonitoredContainer container(ContainerId id) {
        return MonitoredContainer.in(directory, "container", id.value());
    }

    @Override
    public void create(ContainerPlan plan) throws InterruptedException {
        MonitoredContainer container = container(plan.id());
        String sandbox = plan.sandboxId().value();
        OciSpec spec = GvisorSpecAdjustments.container(plan.spec(), sandbox);
        Streams streams = new Streams(plan.logPath(), plan.spec().process().terminal(), plan.stdin(), plan.stdinOnce());
        creation.container(container, sandbox, spec, plan.podCgroup(), streams);
        exits.watch(container);
    }

    @Override
    public void start(ContainerId id) throws InterruptedException {
        MonitoredContainer container = container(id);
        switch (observer.observe(container)) {
            case Observation.Created _ -> starting.start(container);
            case Observation.Gone gone ->
                throw new Fault.NotFound("start " + container + ": " + gone.proof() + "; create it first");
            case Observation.Exited exited ->
                throw new Fault.WrongState("start " + container + ": it ended before it was started, code "
                        + exited.status().code() + "; remove it and create another");
            case Observation other -> throw new Fault.WrongState("start " + container + ": it is " + other);
        }
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) throws InterruptedException {
        MonitoredContainer container = container(id);
        RuntimeFault.doing("kill " + container, () -> {
            switch (observer.observe(container)) {
                case Observation.Created _ ->
                    // no process inside yet: the waiter is the container
                    container.process().ifPresent(waiter -> Signals.send(waiter, signal));
                case Observation.Running _ -> killRunning(container, signal, scope);
                case Observation.Paused _, Observation.Exited _, Observation.Unreachable _, Observation.Gone _ -> {
                    // nothing to be told a signal
                }
            }
        });
    }

    private void killRunning(MonitoredContainer container, Signal signal, KillScope scope)
            throws IOException, CommandFailure, InterruptedException {
        String sandbox = container.knownTrace().sandbox();
        if (signal.equals(Signal.KILL) && scope == KillScope.ALL) {
            removal.killAll(container, sandbox);
            return;
        }
        try {
            switch (scope) {
                case INIT -> tools.runsc(sandbox).kill(container.id(), signal);
                case ALL -> tools.runsc(sandbox).killAll(container.id(), signal);
            }
        } catch (CommandFailure.NotStarted e) {
            if (!signal.equals(Signal.KILL)) {
                throw e;
            }
            removal.killSandbox(sandbox);
        } catch (CommandFailure.BadExit e) {
            if (!Runsc.saysItHasEnded(e) && removal.isAlive(sandbox) && !hasEnded(container)) {
                throw e;
            }
        }
    }

    private boolean hasEnded(MonitoredContainer container) throws InterruptedException {
        return !(observer.observe(container) instanceof Observation.Running);
    }

    @Override
    public void delete(ContainerId id) throws InterruptedException {
        removal.remove(container(id));
    }

    @Override
    public Observation observe(ContainerId id) throws InterruptedException {
        return observer.observe(container(id));
    }

    @Override
    public void adopt(ContainerId id) {
        MonitoredContainer container = container(id);
        if (container.exists()) {
            GvisorExecs.endLeftovers(tools, container);
            exits.watch(container);
        }
    }

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) throws InterruptedException {
        MonitoredContainer container = container(id);
        return RuntimeFault.during("read usage of " + container, () -> {
            if (!(observer.observe(container) instanceof Observation.Running)) {
                return Optional.empty();
            }
            try {
                String stats = tools.runsc(container.knownTrace().sandbox()).stats(container.id());
                return Optional.of(ContainerStats.parse(stats, tools.clock().instant()));
            } catch (CommandFailure.BadExit e) {
                if (hasEnded(container)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) {
        throw new Fault.Unsupported(
                "update container " + id + ": " + missingFeatures.get(RuntimeFeature.UPDATE) + "; resize the pod");
    }

    @Override
    public void reopenLog(ContainerId id) throws InterruptedException {
        String attempted = "reopen log of container " + id;
        MonitoredContainer container = container(id);
        RuntimeFault.doing(attempted, () -> {
            Optional<String> log = container.trace().flatMap(Trace::log);
            if (log.isEmpty()) {
                throw new Fault.WrongState(attempted + ": it has none");
            }
            if (!control(container).reopenLog(Path.of(log.get()), REOPEN_TIMEOUT)) {
                throw new Fault.WrongState(attempted + ": its monitor (conmon) has ended, nothing is written any more");
            }
        });
    }

    @Override
    public AttachedStreams attach(ContainerId id) throws InterruptedException {
        String attempted = "attach to container " + id;
        MonitoredContainer container = running(attempted, id);
        return RuntimeFault.during(attempted, () -> {
            Trace trace = container.knownTrace();
            AttachConnection connection =
                    AttachConnection.toContainer(container.files().attachSocket(), trace.stdin(), tools.readiness());
            tools.tasks().background("attach to " + container, connection::pump);
            return new GvisorStreams(connection, control(container), trace.terminal());
        });
    }

    /**
     * The container, which runs.
     *
     * @throws Fault.WrongState if it does not
     */
    MonitoredContainer running(String attempted, ContainerId id) throws InterruptedException {
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

    private static ControlFifo control(MonitoredContainer container) {
        return new ControlFifo(container.files().controlFifo());
    }
}
