package io.carafe.kata;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.shim.CreateOptions;
import io.carafe.oci.shim.ShimProgram;
import io.carafe.oci.shim.TypedMessage;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Pods by shims. What is kept of containers lies in directories; in memory are only connections to shims and the streams that are
 * served, both of which another handler over the same directories makes anew.
 */
final class ShimHandler implements RuntimeHandler {
    private static final Duration START = Duration.ofMinutes(1);
    private static final int STARTS_PER_CPU = 4;

    private final Sandboxes sandboxes;
    private final Containers containers;
    private final Execs execs;
    private final Map<RuntimeFeature, String> missingFeatures;

    ShimHandler(HandlerContext context, ShimOptions options, Map<RuntimeFeature, String> missingFeatures) {
        this.missingFeatures = Map.copyOf(missingFeatures);
        Path run = context.backend().runDirectory();
        Readiness readiness = new Readiness();
        CgroupHierarchy cgroups = CgroupHierarchy.detect();
        ShimTools tools = new ShimTools(
                new ShimProgram(options.path(), run.toString(), START),
                options.profile(),
                createOptions(options, run, context.cgroupDriver()),
                cgroups,
                new OomLedger(cgroups, run.resolve("oom")),
                context.cgroupDriver(),
                new StreamHolder(run.resolve("stream-holder"), readiness),
                new Semaphore(STARTS_PER_CPU * Runtime.getRuntime().availableProcessors(), true),
                readiness,
                context.backend().tasks(),
                context.backend().clock(),
                context.output());
        PodShims shims = new PodShims(tools, run.resolve("sandboxes"));
        ShimTasks pauses = new ShimTasks(
                tools,
                shims,
                run.resolve("sandboxes"),
                "sandbox",
                (id, status) -> context.exits().sandboxExited(new PodSandboxId(id), status));
        ShimTasks tasks = new ShimTasks(
                tools,
                shims,
                run.resolve("containers"),
                "container",
                (id, status) -> context.exits().exited(new ContainerId(id), status));
        this.sandboxes = new ShimSandboxes(tools, options, shims, pauses, tasks);
        this.containers = new ShimContainers(tools, shims, tasks, this.missingFeatures);
        this.execs = new ShimExecs(tools, shims, tasks);
    }

    @Override
    public Sandboxes sandboxes() {
        return sandboxes;
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public Execs execs() {
        return execs;
    }

    @Override
    public Map<RuntimeFeature, String> missingFeatures() {
        return missingFeatures;
    }

    private static TypedMessage createOptions(ShimOptions options, Path run, CgroupDriver driver) {
        return switch (options.profile()) {
            case RUNC -> CreateOptions.runc(options.runtimePath(), run.resolve("runc"), driver == CgroupDriver.SYSTEMD);
            case GVISOR -> CreateOptions.runtime("io.containerd.runsc.v1.options", options.configPath());
            case KATA, OTHER -> CreateOptions.runtime("io.containerd.kata.v2.options", options.configPath());
        };
    }
}
