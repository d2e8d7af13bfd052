package vendor;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.*;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

public final class LastingProvider implements RuntimeHandlerProvider {
    @Override
    public String name() {
        return "NAME";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of("program");
    }

    @Override
    public Availability availability(Options options) {
        Path program = Path.of(options.values().getOrDefault("program", "/bin/sh"));
        return Files.exists(program)
                ? new Availability.Available("VERSION")
                : new Availability.Missing(program + " is missing; install it");
    }

    @Override
    public RuntimeHandler create(HandlerContext context) {
        return new LastingHandler(context);
    }
}

final class LastingHandler implements RuntimeHandler {
    private final LastingContainers containers;
    private final Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);

    LastingHandler(HandlerContext context) {
        containers = new LastingContainers(context);
        for (RuntimeFeature feature : RuntimeFeature.values()) {
            missing.put(feature, "not in a test");
        }
        if (Files.exists(Path.of(context.backend().options().values().getOrDefault("program", "/bin/sh")))) {
            missing.remove(RuntimeFeature.HOST_NETWORK);
        }
    }

    @Override
    public Sandboxes sandboxes() {
        return new LastingSandboxes();
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public Execs execs() {
        return new LastingExecs();
    }

    @Override
    public Map<RuntimeFeature, String> missingFeatures() {
        return missing;
    }
}

final class LastingSandboxes implements Sandboxes {
    @Override
    public SandboxNeeds needs(NamespaceOptions options) {
        return new SandboxNeeds(options.hostNetwork() ? Set.of() : Set.of(NamespaceType.NETWORK), false);
    }

    @Override
    public Map<NamespaceType, Path> run(SandboxPlan plan) {
        return Map.of();
    }

    @Override
    public void kill(PodSandboxId id, Signal signal) {}

    @Override
    public void delete(PodSandboxId id) {}

    @Override
    public Observation observe(PodSandboxId id) {
        return new Observation.Gone("there is none");
    }

    @Override
    public void adopt(PodSandboxId id) {}

    @Override
    public ByteStream portForward(PodSandboxId id, PortForwardTarget target, Duration timeout) {
        throw new Fault.Unsupported("not in a test");
    }
}

/** A file with a pid for each: "0" before the start. */
final class LastingContainers implements Containers {
    private final HandlerContext context;

    LastingContainers(HandlerContext context) {
        this.context = context;
    }

    @Override
    public void create(ContainerPlan plan) {
        write(plan.id(), 0);
    }

    @Override
    public void start(ContainerId id) {
        try {
            Process process = new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "1000")
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            write(id, process.pid());
            adopt(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill(ContainerId id, Signal signal, KillScope scope) {
        ProcessHandle.of(pid(id)).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void delete(ContainerId id) {
        try {
            if (Files.exists(file(id))) {
                ProcessHandle.of(pid(id)).ifPresent(ProcessHandle::destroyForcibly);
                Files.delete(file(id));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Observation observe(ContainerId id) {
        if (!Files.exists(file(id))) {
            return new Observation.Gone("there is no " + file(id));
        }
        if (pid(id) == 0) {
            return new Observation.Created();
        }
        return isAlive(id) ? new Observation.Running(Optional.empty()) : new Observation.Exited(exit());
    }

    @Override
    public void adopt(ContainerId id) {
        if (pid(id) != 0) {
            context.backend().tasks().background("exit of " + id, () -> {
                try {
                    while (Files.exists(file(id)) && isAlive(id)) {
                        Thread.sleep(20);
                    }
                    context.exits().exited(id, exit());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Override
    public Optional<CgroupUsage> usage(ContainerId id) {
        return Optional.empty();
    }

    @Override
    public void update(ContainerId id, LinuxResources resources) {
        throw new Fault.Unsupported("not in a test");
    }

    @Override
    public void reopenLog(ContainerId id) {}

    @Override
    public AttachedStreams attach(ContainerId id) {
        throw new Fault.Unsupported("not in a test");
    }

    private ExitStatus exit() {
        return ExitStatus.of(137, context.backend().clock().instant(), false);
    }

    /** One that nobody has waited for yet is a zombie. */
    private boolean isAlive(ContainerId id) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid(id) + "/stat"));
            return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    private Path file(ContainerId id) {
        return context.backend().runDirectory().resolve(id.value());
    }

    private void write(ContainerId id, long pid) {
        try {
            Files.writeString(file(id), Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long pid(ContainerId id) {
        try {
            return Long.parseLong(Files.readString(file(id)));
        } catch (IOException e) {
            return 0;
        }
    }
}

final class LastingExecs implements Execs {
    @Override
    public ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) {
        return new ExecResult(0, "VERSION".getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    @Override
    public ExecSession open(ExecPlan plan, boolean stdin) {
        throw new Fault.Unsupported("not in a test");
    }
}
