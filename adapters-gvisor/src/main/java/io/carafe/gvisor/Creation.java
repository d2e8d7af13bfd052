package io.carafe.gvisor;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.socket.Fifo;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.conmon.MonitorLaunch;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Creates a container or a sandbox under conmon: intent before effect, so that {@link Removal} finds everything after a crash at any
 * line.
 *
 * <pre>
 *   directory, trace.json, config.json, the waiter's FIFOs
 *   {@link MonitorLaunch}
 *   {@link OomLedger}, for a sandbox
 * </pre>
 */
record Creation(GvisorTools tools, Removal removal) {
    /** @param spec adjusted already */
    void container(MonitoredContainer container, String sandbox, OciSpec spec, PodCgroupPath podCgroup, Streams streams)
            throws InterruptedException {
        create(container, sandbox, spec, podCgroup, streams, tools.containerMonitor(sandbox));
    }

    /** @param spec adjusted already */
    void sandbox(MonitoredContainer sandbox, OciSpec spec, PodCgroupPath podCgroup) throws InterruptedException {
        Streams silent = new Streams(Optional.empty(), false, false, false);
        create(sandbox, sandbox.id(), spec, podCgroup, silent, tools.sandboxMonitor(sandbox.id()));
    }

    private void create(
            MonitoredContainer container,
            String sandbox,
            OciSpec spec,
            PodCgroupPath podCgroup,
            Streams streams,
            ConmonCommandLine conmon)
            throws InterruptedException {
        String attempted = "create " + container;
        if (container.exists()) {
            throw new Fault.WrongState(attempted + ": " + container.directory() + " exists already; delete it first");
        }
        boolean done = false;
        try {
            RuntimeFault.doing(attempted, () -> {
                Optional<Cgroup> monitorCgroup = tools.monitorCgroup(podCgroup, container.id());
                Trace trace = Trace.of(sandbox, spec, monitorCgroup.map(Cgroup::path), streams);
                // refused here if it cannot be one: everything later relies on it
                tools.cgroups().cgroup(trace.cgroup());
                tools.waiter().install();
                Files.createDirectories(tools.root(sandbox));
                container.files().bundle().make();
                trace.write(container.directory());
                container.files().bundle().write(spec);
                Fifo.make(container.file(Waiter.START));
                Fifo.make(container.file(Waiter.ANSWER));
                MonitorLaunch launch = new MonitorLaunch(container.files(), monitorCgroup, tools.threads());
                List<String> argv = conmon.create(container.id(), container.files(), streams);
                tools.gated(() -> launch.run(attempted, trace.command(), argv));
                if (container.id().equals(sandbox)) {
                    tools.oomLedger().open(trace.cgroup());
                }
            });
            done = true;
        } finally {
            if (!done) {
                removal.removeAfterFailure(container);
            }
        }
    }
}
