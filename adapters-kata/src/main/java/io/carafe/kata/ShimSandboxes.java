package io.carafe.kata;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.pause.Architecture;
import io.carafe.linux.pause.PauseExecutable;
import io.carafe.oci.forward.PodSocket;
import io.carafe.oci.json.Json;
import io.carafe.oci.shim.TaskState;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A pod is a shim, which serves all its containers. Where containers are the host's processes, it has a sandbox container only to hold
 * a PID namespace; else always, for that is the pod's kernel.
 */
final class ShimSandboxes implements Sandboxes {
    private static final Json JSON = new Json();

    private final ShimTools tools;
    private final ShimOptions options;
    private final PodShims shims;
    private final ShimTasks sandboxes;
    private final ShimTasks containers;

    ShimSandboxes(ShimTools tools, ShimOptions options, PodShims shims, ShimTasks sandboxes, ShimTasks containers) {
        this.tools = tools;
        this.options = options;
        this.shims = shims;
        this.sandboxes = sandboxes;
        this.containers = containers;
    }

    @Override
    public SandboxNeeds needs(NamespaceOptions namespaces) {
        Set<NamespaceType> pinned = EnumSet.noneOf(NamespaceType.class);
        if (!namespaces.hostNetwork()) {
            pinned.add(NamespaceType.NETWORK);
        }
        if (!tools.profile().onHost()) {
            return new SandboxNeeds(pinned, true);
        }
        if (!namespaces.hostNetwork()) {
            // a pod on the host's network has the host's name too
            pinned.add(NamespaceType.UTS);
        }
        if (namespaces.ipc() != NamespaceMode.NODE) {
            pinned.add(NamespaceType.IPC);
        }
        return new SandboxNeeds(pinned, namespaces.pid() == NamespaceMode.POD);
    }

    @Override
    public Map<NamespaceType, Path> run(SandboxPlan plan) throws InterruptedException {
        String id = plan.id().value();
        String attempted = "run sandbox " + id;
        boolean done = false;
        try {
            long pid = ShimFault.during(attempted, () -> {
                ShimTask task = sandboxes.task(id);
                task.bundle().make();
                Optional<OciSpec> spec = plan.spec().map(given -> adjusted(given, task, plan));
                writeConfig(task, spec);
                shims.start(
                        id,
                        tools.profile().onHost() && options.shimInPodCgroup()
                                ? shims.cgroupBelow(plan.cgroup().value(), id)
                                : Optional.empty());
                return spec.isPresent() ? runContainer(task, spec.get()) : 0;
            });
            done = true;
            boolean shared = pid > 0 && plan.config().security().namespaces().pid() == NamespaceMode.POD;
            // of a virtual machine too: its agent takes it for "the pod's", whatever the number
            return shared ? Map.of(NamespaceType.PID, Path.of("/proc", Long.toString(pid), "ns", "pid")) : Map.of();
        } finally {
            if (!done) {
                deleteAfterFailure(plan.id());
            }
        }
    }

    @Override
    public void kill(PodSandboxId id, Signal signal) throws InterruptedException {
        sandboxes.kill(id.value(), signal, KillScope.INIT);
    }

    @Override
    public void delete(PodSandboxId id) throws InterruptedException {
        ShimTask task = sandboxes.task(id.value());
        if (!task.exists()) {
            return;
        }
        ShimFault.doing("delete sandbox " + id, () -> containers.forgetEnded(id.value()));
        sandboxes.delete(id.value());
        ShimFault.doing("delete sandbox " + id, () -> {
            shims.end(id.value());
            Optional<TaskTrace> trace = task.trace();
            if (trace.isPresent()) {
                new KataCgroups(tools).remove(id.value(), trace.get().cgroup());
            }
            task.bundle().remove();
        });
    }

    @Override
    public Observation observe(PodSandboxId id) throws InterruptedException {
        return switch (sandboxes.observe(id.value())) {
            case Observation.Gone _ -> new Observation.Gone("there is no sandbox container of " + id);
            case Observation other -> other;
        };
    }

    @Override
    public void adopt(PodSandboxId id) throws InterruptedException {
        sandboxes.adopt(id.value());
    }

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout)
            throws InterruptedException {
        String attempted = "forward to port " + target.port() + " of pod " + id;
        return new PodConnection(
                tools.profile().onHost()
                        ? PodSocket.insidePod(attempted, target.network(), target.port(), timeout)
                        : PodSocket.toAddress(attempted, target.ips(), target.port(), timeout));
    }

    /** Answers the pid that the shim names. */
    private long runContainer(ShimTask task, OciSpec spec) throws Exception {
        TaskTrace trace = TaskTrace.ofSandbox(task.id(), spec);
        task.writeTrace(trace);
        sandboxes.create(task, trace, spec);
        sandboxes.start(task.id());
        TaskState state = shims.client(task.id())
                .state(task.id(), ShimTools.CALL)
                .filter(found -> found.status() == TaskState.Status.RUNNING)
                .orElseThrow(
                        () -> new Fault.Unavailable("run sandbox " + task.id() + ": the sandbox container has ended: "
                                + sandboxes.watch().streams(task.id())));
        return state.pid();
    }

    private OciSpec adjusted(OciSpec spec, ShimTask task, SandboxPlan plan) {
        Map<String, String> annotations = new TreeMap<>(ShimSpecs.place("sandbox", task.id()));
        plan.config().annotations().forEach((name, value) -> {
            if (options.allows(name)) {
                annotations.put(name, value);
            }
        });
        return ShimSpecs.annotated(
                ShimSpecs.withRoot(spec, task.bundle().rootfs().toAbsolutePath()), annotations);
    }

    /** The shim looks into it for whom it belongs to, also where there is no sandbox container. */
    private void writeConfig(ShimTask task, Optional<OciSpec> spec) throws IOException {
        if (tools.profile() == ShimProfile.GVISOR) {
            // one shim a pod, not one a container
            Files.writeString(task.file("config.toml"), "grouping = true\n");
        }
        if (spec.isEmpty()) {
            JSON.write(
                    Map.of("ociVersion", OciSpec.VERSION, "annotations", ShimSpecs.place("sandbox", task.id())),
                    task.bundle().config());
            return;
        }
        Architecture architecture = Architecture.ofJvm(System.getProperty("os.arch"))
                .orElseThrow(() -> new Fault.Unsupported("run sandbox " + task.id()
                        + ": there is no pause program for this machine, " + System.getProperty("os.arch")));
        Path root = task.bundle().rootfs();
        Files.createDirectories(root.resolve("dev"));
        Files.createDirectories(root.resolve("proc"));
        PauseExecutable.install(
                architecture,
                root.resolve(Path.of("/")
                        .relativize(Path.of(spec.get().process().args().getFirst()))));
        task.bundle().write(spec.get());
    }

    private void deleteAfterFailure(PodSandboxId id) throws InterruptedException {
        try {
            delete(id);
        } catch (Fault e) {
            System.getLogger(ShimSandboxes.class.getName())
                    .log(System.Logger.Level.WARNING, "clean up after a failure: " + e.getMessage());
        }
    }
}
