package io.carafe.application.node;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.ExitSink;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.SandboxNeeds;
import io.carafe.ports.runtime.SandboxPlan;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A handler over {@link MemoryProcesses}, with the needs of runc: a sandbox container only for a PID namespace of the pod. */
public final class MemoryRuntimeHandler implements RuntimeHandler {
    private final MemoryProcesses processes;
    private final ExitSink exits;
    private final InstantSource clock;
    private final Map<RuntimeFeature, String> missing;

    public MemoryRuntimeHandler(
            MemoryProcesses processes, ExitSink exits, InstantSource clock, Map<RuntimeFeature, String> missing) {
        this.processes = processes;
        this.exits = exits;
        this.clock = clock;
        this.missing = Map.copyOf(missing);
    }

    @Override
    public Sandboxes sandboxes() {
        return new MemorySandboxes();
    }

    @Override
    public Containers containers() {
        return new MemoryContainers();
    }

    @Override
    public Execs execs() {
        return new MemoryExecs();
    }

    @Override
    public Map<RuntimeFeature, String> missingFeatures() {
        return missing;
    }

    private void requireRunning(String attempted, String id) {
        switch (processes.observe(id)) {
            case Observation.Running _ -> {
                // as it must be
            }
            case Observation.Gone gone -> throw new Fault.NotFound(attempted + " " + id + ": " + gone.proof());
            case Observation other -> throw new Fault.WrongState(attempted + " " + id + ": it is " + other);
        }
    }

    private static Fault unsupported(String what) {
        return new Fault.Unsupported(what + " in memory");
    }

    private final class MemorySandboxes implements Sandboxes {
        @Override
        public SandboxNeeds needs(NamespaceOptions options) {
            Set<NamespaceType> pinned = EnumSet.noneOf(NamespaceType.class);
            if (!options.hostNetwork()) {
                pinned.add(NamespaceType.NETWORK);
                pinned.add(NamespaceType.UTS);
            }
            if (options.ipc() != NamespaceMode.NODE) {
                pinned.add(NamespaceType.IPC);
            }
            return new SandboxNeeds(pinned, options.pid() == NamespaceMode.POD);
        }

        @Override
        public Map<NamespaceType, Path> run(SandboxPlan plan) {
            if (plan.spec().isEmpty()) {
                return Map.of();
            }
            String id = plan.id().value();
            processes.make(id, true, "sleep", 0, exits);
            return Map.of(NamespaceType.PID, Path.of("/memory/ns", id, "pid"));
        }

        @Override
        public void kill(PodSandboxId id, Signal signal) {
            processes.signal(id.value(), signal);
        }

        @Override
        public void delete(PodSandboxId id) {
            processes.delete(id.value());
        }

        @Override
        public Observation observe(PodSandboxId id) {
            return processes.observe(id.value());
        }

        @Override
        public void adopt(PodSandboxId id) {
            processes.adopt(id.value(), exits);
        }

        @Override
        public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout) {
            throw unsupported("port-forward");
        }
    }

    private final class MemoryContainers implements Containers {
        @Override
        public void create(ContainerPlan plan) {
            List<String> args = plan.spec().process().args();
            int code = args.size() > 1 ? Integer.parseInt(args.get(1)) : 0;
            if (!processes.make(plan.id().value(), false, args.getFirst(), code, exits)) {
                throw new Fault.AlreadyExists("create container " + plan.id() + ": it is there");
            }
        }

        @Override
        public void start(ContainerId id) {
            if (!(processes.observe(id.value()) instanceof Observation.Created)) {
                throw new Fault.WrongState("start container " + id + ": it is " + processes.observe(id.value()));
            }
            if (!processes.start(id.value())) {
                processes.signal(id.value(), Signal.KILL);
                throw new Fault.InvalidArgument("start container " + id + ": exec: no such file or directory");
            }
        }

        @Override
        public void kill(ContainerId id, Signal signal, KillScope scope) {
            processes.signal(id.value(), signal);
        }

        @Override
        public void delete(ContainerId id) {
            processes.delete(id.value());
        }

        @Override
        public Observation observe(ContainerId id) {
            return processes.observe(id.value());
        }

        @Override
        public void adopt(ContainerId id) {
            processes.adopt(id.value(), exits);
        }

        @Override
        public Optional<CgroupUsage> usage(ContainerId id) {
            if (!(processes.observe(id.value()) instanceof Observation.Running)) {
                return Optional.empty();
            }
            var now = clock.instant();
            var memory = new MemoryUsage(
                    now, new Bytes(1), Optional.empty(), new Bytes(1), new Bytes(1), 0, 0, Optional.empty());
            return Optional.of(new CgroupUsage(
                    new CpuUsage(now, 1_000, Optional.empty()), memory, Optional.empty(), 1, Optional.empty(), now));
        }

        @Override
        public void update(ContainerId id, LinuxResources resources) {
            requireRunning("update container", id.value());
        }

        @Override
        public void reopenLog(ContainerId id) {
            requireRunning("reopen the log of container", id.value());
        }

        @Override
        public AttachedStreams attach(ContainerId id) {
            throw unsupported("attach");
        }
    }

    private final class MemoryExecs implements Execs {
        @Override
        public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) {
            requireRunning("exec in container", plan.container().value());
            String said = String.join(" ", plan.process().args());
            return new ExecResult(0, said.getBytes(StandardCharsets.UTF_8), new byte[0]);
        }

        @Override
        public ExecSession open(ExecPlan plan, boolean stdin) {
            throw unsupported("exec with streams");
        }
    }
}
