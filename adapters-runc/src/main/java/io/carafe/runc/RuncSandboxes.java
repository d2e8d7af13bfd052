package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciRoot;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.pause.Architecture;
import io.carafe.linux.pause.PauseExecutable;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import io.carafe.ports.runtime.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod is pinned namespaces, which others make. Only a PID namespace of the pod needs a process that lives as long as the pod: the
 * pause executable, in a root of its own under {@code roots}.
 */
final class RuncSandboxes implements Sandboxes {
    private static final List<String> MOUNT_POINTS = List.of("dev", "proc");

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
            OciSpec rooted = RuncFault.during(attempted, () -> rooted(spec.get(), id));
            pauses.create(id, rooted, plan.cgroup(), new Streams(Optional.empty(), false, false, false));
            pauses.start(id);
            Optional<ProcessIdentity> pause =
                    RuncFault.during(attempted, () -> pauses.container(id).livingInit());
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
        RuncFault.doing("delete sandbox " + id, root(id.value())::remove);
    }

    @Override
    public Observation observe(PodSandboxId id) throws InterruptedException {
        return switch (pauses.observe(id.value())) {
            case Observation.Gone _ -> new Observation.Gone("there is no sandbox container of " + id);
            case Observation other -> other;
        };
    }

    @Override
    public void adopt(PodSandboxId id) {
        pauses.adopt(id.value());
    }

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        return PodConnection.open("forward to port " + target.port() + " of pod " + id, target, timeout);
    }

    private OciSpec rooted(OciSpec spec, String id) throws IOException {
        Architecture architecture = Architecture.ofJvm(System.getProperty("os.arch"))
                .orElseThrow(() ->
                        new Fault.Unsupported("run sandbox " + id + ": there is no pause program for this machine, "
                                + System.getProperty("os.arch") + "; use pods without a shared PID namespace"));
        Path root = root(id).directory();
        Files.createDirectories(root);
        for (String mountPoint : MOUNT_POINTS) {
            // crun wants them also where the spec mounts nothing there
            Files.createDirectories(root.resolve(mountPoint));
        }
        PauseExecutable.install(
                architecture,
                root.resolve(
                        Path.of("/").relativize(Path.of(spec.process().args().getFirst()))));
        return new OciSpec(
                spec.ociVersion(),
                spec.process(),
                new OciRoot(root.toString(), spec.root().readonly()),
                spec.hostname(),
                spec.mounts(),
                spec.annotations(),
                spec.linux());
    }

    private Bundle root(String id) {
        return new Bundle(roots.resolve(id));
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
