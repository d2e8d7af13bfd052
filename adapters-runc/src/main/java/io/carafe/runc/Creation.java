package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.conmon.MonitorLaunch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates a container under conmon: intent before effect, so that {@link Removal} finds everything after a crash at any line.
 *
 * <pre>
 *   directory, trace.json, config.json
 *   {@link MonitorLaunch}
 *   {@link OomLedger}
 * </pre>
 */
record Creation(RuncTools tools, Removal removal) {
    private static final String CRUN_SUBGROUP = "run.oci.systemd.subgroup";

    void create(MonitoredContainer container, OciSpec spec, PodCgroupPath podCgroup, Streams streams)
            throws InterruptedException {
        String attempted = "create " + container;
        if (container.exists()) {
            throw new Fault.WrongState(attempted + ": " + container.directory() + " exists already; delete it first");
        }
        boolean done = false;
        try {
            RuntimeFault.doing(attempted, () -> {
                Optional<Cgroup> monitorCgroup = monitorCgroup(podCgroup, container.id());
                Trace trace = Trace.of(spec, monitorCgroup.map(Cgroup::path), streams);
                // refused here if it cannot be one: everything later relies on it
                tools.cgroups().cgroup(trace.cgroup());
                container.files().bundle().make();
                trace.write(container.directory());
                container.files().bundle().write(tools.driver() == CgroupDriver.SYSTEMD ? inScope(spec) : spec);
                MonitorLaunch launch = new MonitorLaunch(container.files(), monitorCgroup, tools.threads());
                List<String> argv = tools.conmon().create(container.id(), container.files(), streams);
                tools.gated(() -> {
                    launch.run(attempted, spec.process().args().getFirst(), argv);
                    return container;
                });
                tools.oomLedger().open(trace.cgroup());
            });
            done = true;
        } finally {
            if (!done) {
                removal.removeAfterFailure(container);
            }
        }
    }

    /**
     * crun would make a cgroup below the scope for the processes, and their limits hold there only (crun(1)): the scope, which is what is
     * known of a container, would tell no limit. runc does not know the annotation.
     */
    static OciSpec inScope(OciSpec spec) {
        Map<String, String> annotations = new HashMap<>(spec.annotations());
        annotations.putIfAbsent(CRUN_SUBGROUP, "");
        return spec.withAnnotations(annotations);
    }

    private Optional<Cgroup> monitorCgroup(PodCgroupPath podCgroup, String id) {
        // With systemd's driver a scope would have to be asked for over D-Bus: conmon stays in the daemon's unit.
        return tools.monitorInPodCgroup() && tools.driver() == CgroupDriver.CGROUPFS
                ? Optional.of(tools.cgroups().cgroup(podCgroup.value()).child("carafe-conmon-" + id))
                : Optional.empty();
    }
}
