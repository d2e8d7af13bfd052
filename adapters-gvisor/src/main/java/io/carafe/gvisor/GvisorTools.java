package io.carafe.gvisor;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.oci.conmon.Threads;
import io.carafe.oci.exec.ExecOutput;
import io.carafe.ports.runtime.OutputBudget;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What all parts of one handler work with.
 *
 * @param roots runsc's state, a directory a pod
 * @param oomLedger with every sandbox from its creation to its removal
 * @param output memory for what commands say, shared with all other handlers
 * @param gate how many runtimes may be started at once: each costs some 50 ms of CPU, and more at once only make all late
 */
record GvisorTools(
        GvisorOptions options,
        Path roots,
        Waiter waiter,
        CgroupHierarchy cgroups,
        OomLedger oomLedger,
        CgroupDriver driver,
        OutputBudget output,
        Semaphore gate,
        Readiness readiness,
        Tasks tasks,
        InstantSource clock) {
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);

    Runsc runsc(String sandbox) {
        return new Runsc(commands(options.path(), sandbox, List.of()), COMMAND_TIMEOUT);
    }

    /** conmon as the monitor of a sandbox container, whose process is the sandbox. */
    ConmonCommandLine sandboxMonitor(String sandbox) {
        return new ConmonCommandLine(options.conmonOrDefault(), commands(options.path(), sandbox, List.of()), false);
    }

    /** conmon as the monitor of a container or a command in the sandbox, which the waiter stands for. */
    ConmonCommandLine containerMonitor(String sandbox) {
        return new ConmonCommandLine(
                options.conmonOrDefault(),
                commands(waiter.program(), sandbox, List.of("--runsc=" + options.path())),
                false);
    }

    Path root(String sandbox) {
        return roots.resolve(sandbox);
    }

    /** With systemd's driver a scope would have to be asked for over D-Bus: conmon stays in the daemon's unit. */
    Optional<Cgroup> monitorCgroup(PodCgroupPath podCgroup, String id) {
        return options.monitorInPodCgroup() && driver == CgroupDriver.CGROUPFS
                ? Optional.of(cgroups.cgroup(podCgroup.value()).child("carafe-conmon-" + id))
                : Optional.empty();
    }

    Threads threads() {
        return new Threads(tasks::background, tasks::within);
    }

    ExecOutput.Memory memory() {
        return amount -> output.take(amount).map(lease -> lease::close);
    }

    /** Does {@code work} when the gate is open. */
    void gated(RuntimeFault.Action work) throws IOException, CommandFailure, InterruptedException {
        gate.acquire();
        try {
            work.run();
        } finally {
            gate.release();
        }
    }

    private OciCommandLine commands(Path program, String sandbox, List<String> first) {
        List<String> globals = new ArrayList<>(first);
        globals.add("--platform=" + GvisorOptions.word(options.platform()));
        globals.add("--network=" + GvisorOptions.word(options.network()));
        // what a container writes is to be in its snapshot, where it is counted and removed
        globals.add("--overlay2=none");
        // without it the spec's filters would be dropped in silence
        globals.add("--oci-seccomp=true");
        if (options.network() == GvisorOptions.Network.SANDBOX) {
            // or CAP_NET_RAW would be; with the host's stack a sandbox that asks for it does not start
            globals.add("--net-raw=true");
        }
        if (driver == CgroupDriver.SYSTEMD) {
            globals.add("--systemd-cgroup");
        }
        return new OciCommandLine(program, root(sandbox), globals);
    }
}
