package io.carafe.kata;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import io.carafe.linux.poll.Readiness;
import io.carafe.oci.exec.ExecOutput;
import io.carafe.oci.shim.ShimProgram;
import io.carafe.oci.shim.TypedMessage;
import io.carafe.ports.runtime.OutputBudget;
import io.carafe.ports.spi.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/**
 * What all parts of one handler work with.
 *
 * @param options what the shim is told with every container
 * @param oomLedger with every task on the host from its creation to its removal
 * @param gate how many containers may be created at once: more only make all late
 */
record ShimTools(
        ShimProgram program,
        ShimProfile profile,
        TypedMessage options,
        CgroupHierarchy cgroups,
        OomLedger oomLedger,
        CgroupDriver driver,
        StreamHolder holder,
        Semaphore gate,
        Readiness readiness,
        Tasks tasks,
        InstantSource clock,
        OutputBudget output) {
    /** Of a call that a healthy shim answers in milliseconds. */
    static final Duration CALL = Duration.ofSeconds(10);

    /** Of creating a task: a virtual machine has to start. */
    static final Duration CREATE = Duration.ofMinutes(2);

    /** Of a look: somebody waits for it, and "cannot be said" is an answer. */
    static final Duration LOOK = Duration.ofSeconds(3);

    /** Of what follows SIGKILL. */
    static final Duration ENDING = Duration.ofSeconds(10);

    ExecOutput.Memory memory() {
        return amount -> output.take(amount).map(lease -> lease::close);
    }

    /** Ends what is still in a cgroup and removes it. Idempotent. */
    static void remove(Cgroup cgroup) throws InterruptedException {
        cgroup.killAll(ENDING);
        cgroup.remove();
    }

    /** Does {@code work} when the gate is open. */
    <T> T gated(ShimFault.Work<T> work) throws Exception {
        gate.acquire();
        try {
            return work.run();
        } finally {
            gate.release();
        }
    }
}
