package io.carafe.runc;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.linux.process.OomScore;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.AttachConnection;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.conmon.ControlFifo;
import io.carafe.oci.spec.SpecJson;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The containers of pods. */
final class RuncContainers implements Containers {
    private static final Duration REOPEN_TIMEOUT = Duration.ofSeconds(5);

    private final RuncTools tools;
    private final MonitoredContainers containers;

    RuncContainers(RuncTools tools, MonitoredContainers containers) {
        this.tools = tools;
        this.containers = containers;
    }

    @Override
    public void create(ContainerPlan plan) throws InterruptedException {
        Streams streams = new Streams(plan.logPath(), plan.spec().process().terminal(), plan.stdin(), plan.stdinOnce());
        containers.create(plan.id().value(), plan.spec(), plan.podCgroup(), streams);
    }

    @Override
    public void start(ContainerId id) throws InterruptedException {
        containers.start(id.value());
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) throws InterruptedException {
        containers.kill(id.value(), signal, scope);
    }

    @Override
    public void delete(ContainerId id) throws InterruptedException {
        containers.delete(id.value());
    }

    @Override
    public Observation observe(ContainerId id) throws InterruptedException {
        return containers.observe(id.value());
    }

    @Override
    public void adopt(ContainerId id) throws InterruptedException {
        containers.adopt(id.value());
    }

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) throws InterruptedException {
        MonitoredContainer container = containers.container(id.value());
        return RuntimeFault.during("read usage of " + container, () -> {
            Optional<Trace> trace = container.livingInit().isPresent() ? container.trace() : Optional.empty();
            return trace.flatMap(found ->
                    tools.cgroups().cgroup(found.cgroup()).usage(tools.clock().instant()));
        });
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) throws InterruptedException {
        String attempted = "update container " + id;
        MonitoredContainer container = containers.container(id.value());
        if (!resources.unified().isEmpty() && !tools.cgroups().isV2()) {
            throw new Fault.InvalidArgument(
                    attempted + ": unified resources " + resources.unified().keySet() + " need cgroup v2");
        }
        RuntimeFault.doing(attempted, () -> {
            if (container.livingInit().isEmpty()) {
                throw new Fault.WrongState(attempted + ": it does not run");
            }
            tools.gated(() -> {
                tools.cli().update(id.value(), container.directory(), SpecJson.update(resources));
                return container;
            });
            if (resources.oomScoreAdj().isPresent()) {
                OomScore.set(processes(container), resources.oomScoreAdj().getAsInt());
            }
        });
    }

    @Override
    public void reopenLog(ContainerId id) throws InterruptedException {
        String attempted = "reopen log of container " + id;
        MonitoredContainer container = containers.container(id.value());
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
        MonitoredContainer container = containers.running(attempted, id.value());
        return RuntimeFault.during(attempted, () -> {
            Trace trace = trace(container);
            AttachConnection connection =
                    AttachConnection.toContainer(container.files().attachSocket(), trace.stdin(), tools.readiness());
            tools.tasks().background("attach to " + container, connection::pump);
            return new MonitoredStreams(connection, control(container), trace.terminal());
        });
    }

    private static ControlFifo control(MonitoredContainer container) {
        return new ControlFifo(container.files().controlFifo());
    }

    private static Trace trace(MonitoredContainer container) throws IOException {
        return container.trace().orElseThrow(() -> new IOException("no trace.json in " + container.directory()));
    }

    private Set<Long> processes(MonitoredContainer container) throws IOException {
        return tools.cgroups().cgroup(trace(container).cgroup()).processes();
    }
}
