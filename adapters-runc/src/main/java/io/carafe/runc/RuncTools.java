package io.carafe.runc;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.OciCli;
import io.carafe.oci.cli.RuntimeFault;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.oci.conmon.Threads;
import io.carafe.oci.exec.ExecOutput;
import io.carafe.ports.runtime.OutputBudget;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/**
 * What all parts of one handler work with.
 *
 * @param oomLedger with every container from its creation to its removal
 * @param output memory for what commands say, shared with all other handlers
 * @param gate how many runtimes may be started at once: each costs some 30 ms of CPU, and more at once only make all late
 */
record RuncTools(
        ConmonCommandLine conmon,
        OciCli cli,
        CgroupHierarchy cgroups,
        OomLedger oomLedger,
        CgroupDriver driver,
        boolean monitorInPodCgroup,
        OutputBudget output,
        Semaphore gate,
        Readiness readiness,
        Tasks tasks,
        InstantSource clock) {
    Ending ending() {
        return new Ending(oomLedger, clock);
    }

    Threads threads() {
        return new Threads(tasks::background, tasks::within);
    }

    ExecOutput.Memory memory() {
        return amount -> output.take(amount).map(lease -> lease::close);
    }

    /** Does {@code work} when the gate is open. */
    <T> T gated(RuntimeFault.Work<T> work) throws IOException, CommandFailure, InterruptedException {
        gate.acquire();
        try {
            return work.run();
        } finally {
            gate.release();
        }
    }
}
