package io.carafe.runc;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.cli.OciCli;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * runc or crun with conmon. The roles share nothing but tools and directories: whatever is asked is read from files and /proc, so
 * a handler over the same directories after a restart knows as much as the one before.
 */
final class RuncHandler implements RuntimeHandler {
    private static final System.Logger LOG = System.getLogger(RuncHandler.class.getName());
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);
    private static final int STARTS_PER_CPU = 4;

    private final Sandboxes sandboxes;
    private final Containers containers;
    private final Execs execs;
    private final Map<RuntimeFeature, String> missingFeatures;

    RuncHandler(HandlerContext context, RuncOptions options, Map<RuntimeFeature, String> missingFeatures) {
        this.missingFeatures = Map.copyOf(missingFeatures);
        RuncOptions.unhonoured(context.backend().options(), context.cgroupDriver())
                .ifPresent(sentence ->
                        LOG.log(System.Logger.Level.WARNING, "handler '" + context.name() + "': " + sentence));
        Path run = context.backend().runDirectory();
        OciCommandLine commands = new OciCommandLine(
                options.programOrDefault(),
                options.root().orElse(run.resolve("runc")),
                switch (context.cgroupDriver()) {
                    case CGROUPFS -> List.of();
                    case SYSTEMD -> List.of("--systemd-cgroup");
                });
        CgroupHierarchy cgroups = CgroupHierarchy.detect();
        RuncTools tools = new RuncTools(
                new ConmonCommandLine(options.conmonOrDefault(), commands, options.noPivot()),
                new OciCli(commands, COMMAND_TIMEOUT),
                cgroups,
                new OomLedger(cgroups, run.resolve("oom")),
                context.cgroupDriver(),
                options.monitorInPodCgroup(),
                context.output(),
                new Semaphore(STARTS_PER_CPU * Runtime.getRuntime().availableProcessors(), true),
                new Readiness(),
                context.backend().tasks(),
                context.backend().clock());
        MonitoredContainers monitored = new MonitoredContainers(
                tools,
                run.resolve("containers"),
                "container",
                (id, status) -> context.exits().exited(new ContainerId(id), status));
        MonitoredContainers pauses = new MonitoredContainers(
                tools,
                run.resolve("sandboxes"),
                "sandbox",
                (id, status) -> context.exits().sandboxExited(new PodSandboxId(id), status));
        this.sandboxes = new RuncSandboxes(pauses, run.resolve("roots"));
        this.containers = new RuncContainers(tools, monitored);
        this.execs = new RuncExecs(tools, monitored);
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
