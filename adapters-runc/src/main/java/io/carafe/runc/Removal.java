package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.process.HeldProcess;
import io.carafe.linux.process.Signals;
import io.carafe.oci.bundle.Bundle;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Removes all there is of a container, in whatever state it or its creation is.
 *
 * <p>Idempotent. Crash: the directory goes last, so it can be done again.
 */
record Removal(RuncTools tools) {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    void remove(MonitoredContainer container) throws InterruptedException {
        if (!container.exists()) {
            return;
        }
        RuntimeFault.doing("delete " + container, () -> {
            Optional<Trace> trace = container.trace();
            Optional<Cgroup> cgroup = trace.map(t -> tools.cgroups().cgroup(t.cgroup()));
            Optional<Cgroup> monitorCgroup = trace.flatMap(Trace::monitorCgroup).map(tools.cgroups()::cgroup);
            endProcesses(container, cgroup, monitorCgroup);
            if (trace.isPresent()) {
                // what the kernel did in it must not be laid to the other containers of the pod
                tools.oomLedger().settle(trace.get().cgroup());
            }
            tools.gated(() -> deleted(container));
            // runc has removed its own; there is more where it never came to know the container
            cgroup.ifPresent(Cgroup::remove);
            monitorCgroup.ifPresent(Cgroup::remove);
            if (trace.isPresent()) {
                tools.oomLedger().forget(trace.get().cgroup());
            }
            container.files().bundle().remove();
        });
    }

    /** As {@link #remove}, but what goes wrong must not hide the failure that is under way: a later delete will tell. */
    void removeAfterFailure(MonitoredContainer container) throws InterruptedException {
        try {
            remove(container);
        } catch (Fault e) {
            System.getLogger(Removal.class.getName())
                    .log(System.Logger.Level.WARNING, "clean up after a failure: " + e.getMessage());
        }
    }

    private MonitoredContainer deleted(MonitoredContainer container) throws CommandFailure, InterruptedException {
        try {
            tools.cli().deleteByForce(container.id(), container.directory());
        } catch (CommandFailure.NotStarted e) {
            // The program is gone, its containers must go too: all that it would do beside the cgroups.
            new Bundle(container.runtimeState()).remove();
        }
        return container;
    }

    private void endProcesses(MonitoredContainer container, Optional<Cgroup> cgroup, Optional<Cgroup> monitorCgroup)
            throws IOException, InterruptedException {
        List<ProcessIdentity> monitors = container.monitors(tools.conmon().program());
        Optional<ProcessIdentity> init = container.init();
        if (init.isEmpty()) {
            // Cut off while it was created: first those who would go on creating.
            monitors.forEach(monitor -> Signals.send(monitor, Signal.KILL));
            end(container, monitorCgroup);
        }
        init.ifPresent(process -> Signals.send(process, Signal.KILL));
        cgroup.ifPresent(frozen -> new Freezer(frozen).thaw());
        end(container, cgroup);
        for (ProcessIdentity monitor : monitors) {
            // it writes the last lines of the log and the exit code
            if (!awaitEnd(monitor)) {
                Signals.kill(monitor, tools.readiness(), KILL_TIMEOUT);
            }
        }
        end(container, monitorCgroup);
    }

    private void end(MonitoredContainer container, Optional<Cgroup> cgroup) throws InterruptedException {
        if (cgroup.isPresent() && !cgroup.get().killAll(KILL_TIMEOUT)) {
            throw new Fault.TimedOut("delete " + container + ": " + cgroup.get().hanging(KILL_TIMEOUT));
        }
    }

    private boolean awaitEnd(ProcessIdentity process) throws InterruptedException {
        Optional<HeldProcess> held = HeldProcess.open(process);
        if (held.isEmpty()) {
            return true;
        }
        try (HeldProcess open = held.get()) {
            return open.awaitEnd(tools.readiness(), KILL_TIMEOUT);
        }
    }
}
