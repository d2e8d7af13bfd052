package io.carafe.gvisor;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.poll.Readiness;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * gVisor by runsc's command line, with conmon as monitor. The roles share nothing but tools and directories: whatever is asked is read
 * from files and /proc, so a handler over the same directories after a restart knows as much as the one before.
 */
final class GvisorHandler implements RuntimeHandler {
    private static final int STARTS_PER_CPU = 4;

    private final GvisorSandboxes sandboxes;
    private final GvisorContainers containers;
    private final GvisorExecs execs;
    private final Map<RuntimeFeature, String> missingFeatures;

    GvisorHandler(HandlerContext context, GvisorOptions options) {
        this.missingFeatures = Map.copyOf(MissingFeatures.of(options.network()));
        Path run = context.backend().runDirectory();
        Path sandboxDirectory = run.resolve("sandboxes");
        CgroupHierarchy cgroups = CgroupHierarchy.detect();
        GvisorTools tools = new GvisorTools(
                options,
                options.root().orElse(run.resolve("runsc")),
                // not in the run directory: a tmpfs, whose programs cannot be executed on some hosts
                Waiter.in(context.backend().stateDirectory()),
                cgroups,
                new OomLedger(cgroups, run.resolve("oom")),
                context.cgroupDriver(),
                context.output(),
                new Semaphore(STARTS_PER_CPU * Runtime.getRuntime().availableProcessors(), true),
                new Readiness(),
                context.backend().tasks(),
                context.backend().clock());
        Removal removal = new Removal(tools, sandboxDirectory);
        Creation creation = new Creation(tools, removal);
        Observer observer = new Observer(
                tools, new Ending(tools.oomLedger(), context.backend().clock()));
        this.sandboxes = new GvisorSandboxes(
                tools,
                sandboxDirectory,
                run.resolve("roots"),
                context.backend().socketDirectory(),
                creation,
                removal,
                observer,
                new ExitWatch(
                        tools,
                        observer::observeSandbox,
                        (id, status) -> context.exits().sandboxExited(new PodSandboxId(id), status)));
        this.containers = new GvisorContainers(
                tools,
                run.resolve("containers"),
                creation,
                new Starting(tools),
                removal,
                observer,
                new ExitWatch(
                        tools,
                        observer::observe,
                        (id, status) -> context.exits().exited(new ContainerId(id), status)),
                missingFeatures);
        this.execs = new GvisorExecs(tools, containers);
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
}
