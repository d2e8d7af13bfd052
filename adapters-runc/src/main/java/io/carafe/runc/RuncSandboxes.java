package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciSpec;
import io.carafe.oci.bundle.PauseRoot;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.forward.PodSocket;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod is pinned namespaces, which others make. Only a PID namespace of the pod needs a process that lives as long as the pod: the
 * pause executable, in a root of its own under {@code roots}.
 */
final class RuncSandboxes implements Sandboxes {
    private final MonitoredContainers pauses;
    private final Path roots;

    RuncSandboxes(MonitoredContainers pauses, Path roots) {
        this.pauses = pauses;
        this.roots = roots;
    }

    @Override
    public SandboxNeeds needs(NamespaceOptions options) {
        Set<NamespaceType> pinned = EnumSet.noneOf(NamespaceType.class);
        if (!options.hostNetwork()) {
            // a pod on the host's network has the host's name too
            pinned.add(NamespaceType.NETWORK);
            pinned.add(NamespaceType.UTS);
        }
        if (options.ipc() != NamespaceMode.NODE) {
            pinned.add(NamespaceType.IPC);
        }
        return new SandboxNeeds(pinned, options.pid() == NamespaceMode.POD);
    }

    @Override
    public Map<NamespaceType, Path> run(SandboxPlan plan) throws InterruptedException {
        Optional<OciSpec> spec = plan.spec();
        if (spec.isEmpty()) {
            return Map.of();
        }
        String id = plan.id().value();
        String attempted = "run sandbox " + id;
        boolean done = false;
        try {
            OciSpec rooted = RuntimeFault.during(attempted, () -> root(id).make(attempted, spec.get()));
            pauses.create(id, rooted, plan.cgroup(), new Streams(Optional.empty(), false, false, false));
            pauses.start(id);
            Optional<ProcessIdentity> pause =
                    RuntimeFault.during(attempted, () -> pauses.container(id).livingInit());
            if (pause.isEmpty()) {
                throw new Fault.Unavailable(attempted + ": the pause process has ended: " + pauses.observe(id));
            }
            done = true;
            return Map.of(
                    NamespaceType.PID,
                    Path.of("/proc", Long.toString(pause.get().pid()), "ns", "pid"));
        } finally {
            if (!done) {
                deleteAfterFailure(plan.id());
            }
        }
    }

    @Override
    public void kill(PodSandboxId id, Signal signal) throws InterruptedException {
        pauses.kill(id.value(), signal, KillScope.INIT);
    }

    @Override
    public void delete(PodSandboxId id) throws InterruptedException {
        pauses.delete(id.value());
        RuntimeFault.doing("delete sandbox " + id, root(id.value())::remove);
    }

    @Override
    public Observation observe(PodSandboxId id) throws InterruptedException {
        return switch (pauses.observe(id.value())) {
            case Observation.Gone _ -> new Observation.Gone("there is no sandbox container of " + id);
            case Observation other -> other;
        };
    }

    @Override
    public void adopt(PodSandboxId id) throws InterruptedException {
        pauses.adopt(id.value());
    }

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        String attempted = "forward to port " + target.port() + " of pod " + id;
        return new PodConnection(PodSocket.insidePod(attempted, target.network(), target.port(), timeout));
    }

    private PauseRoot root(String id) {
        return new PauseRoot(roots.resolve(id));
    }

    private void deleteAfterFailure(PodSandboxId id) throws InterruptedException {
        try {
            delete(id);
        } catch (Fault e) {
            System.getLogger(RuncSandboxes.class.getName())
                    .log(System.Logger.Level.WARNING, "clean up after a failure: " + e.getMessage());
        }
    }
}
