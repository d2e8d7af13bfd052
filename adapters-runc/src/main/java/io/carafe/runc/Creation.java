package io.carafe.runc;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.RuntimeLog;
import io.carafe.oci.conmon.Conmon;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.conmon.MonitorProcess;
import io.carafe.oci.conmon.SyncMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Creates a container under conmon: intent before effect, so that {@link Removal} finds everything after a crash at any line.
 *
 * <pre>
 *   directory, trace.json, config.json
 *   conmon started, waiting       monitor.json
 *   conmon in its own cgroup
 *   conmon begins: runc create    pid
 *   its message read              init.json
 * </pre>
 */
record Creation(RuncTools tools, Removal removal) {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    void create(MonitoredContainer container, OciSpec spec, PodCgroupPath podCgroup, Streams streams)
            throws InterruptedException {
        String attempted = "create " + container;
        if (container.exists()) {
            throw new Fault.WrongState(attempted + ": " + container.directory() + " exists already; delete it first");
        }
        boolean done = false;
        try {
            RuncFault.doing(attempted, () -> {
                Optional<Cgroup> monitorCgroup = monitorCgroup(podCgroup, container.id());
                Trace trace = Trace.of(spec, monitorCgroup.map(Cgroup::path), streams);
                // refused here if it cannot be one: everything later relies on it
                tools.cgroups().cgroup(trace.cgroup());
                container.files().bundle().make();
                trace.write(container.directory());
                container.files().bundle().write(spec);
                tools.gated(() -> monitored(container, spec.process().args().getFirst(), monitorCgroup, streams));
            });
            done = true;
        } finally {
            if (!done) {
                removal.removeAfterFailure(container);
            }
        }
    }

    private Optional<Cgroup> monitorCgroup(PodCgroupPath podCgroup, String id) {
        // With systemd's driver a scope would have to be asked for over D-Bus: conmon stays in the daemon's unit.
        return tools.monitorInPodCgroup() && tools.driver() == CgroupDriver.CGROUPFS
                ? Optional.of(tools.cgroups().cgroup(podCgroup.value()).child("carafe-conmon-" + id))
                : Optional.empty();
    }

    private MonitoredContainer monitored(
            MonitoredContainer container, String command, Optional<Cgroup> monitorCgroup, Streams streams)
            throws IOException, CommandFailure, InterruptedException {
        MonitorProcess monitor =
                Conmon.launch(tools.conmon().create(container.id(), container.files(), streams), container.files());
        try {
            ProcessIdentity identity = monitor.identity();
            container.files().writeMonitor(identity);
            if (monitorCgroup.isPresent()) {
                move(identity, monitorCgroup.get());
            }
            monitor.begin();
            SyncMessage message = message(container, monitor);
            if (message.isFailure()) {
                String words = new RuntimeLog(container.files().runtimeLog()).lastError();
                throw RuncFault.ofWords(
                        "create " + container + " to run " + command, words.isEmpty() ? message.message() : words);
            }
            Optional<ProcessIdentity> init = ProcessTable.HOST.identify(message.value());
            if (init.isPresent()) {
                container.files().writeInit(init.get());
            }
            return container;
        } catch (CommandFailure.Killed e) {
            // as when it finds no runtime at its path
            throw new CommandFailure.Killed(
                    e.getMessage() + ", saying: " + container.files().lastComplaint());
        } finally {
            monitor.release();
        }
    }

    private static void move(ProcessIdentity monitor, Cgroup cgroup) throws CommandFailure {
        cgroup.create();
        try {
            cgroup.add(monitor.pid());
        } catch (LinuxException e) {
            if (e.isMissing()) {
                throw new CommandFailure.Killed("conmon " + monitor.pid() + " ended before it could begin");
            }
            throw e;
        }
    }

    private SyncMessage message(MonitoredContainer container, MonitorProcess monitor)
            throws CommandFailure, InterruptedException {
        String name = "create " + container;
        boolean answered = false;
        try {
            Optional<SyncMessage> message = tools.tasks().within(name, TIMEOUT, () -> {
                try {
                    return monitor.message();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answered = true;
            return message.orElseThrow(() -> new CommandFailure.Killed("conmon ended without a message"));
        } finally {
            if (!answered) {
                // ends the thread that still reads its pipe
                monitor.kill();
            }
        }
    }
}
