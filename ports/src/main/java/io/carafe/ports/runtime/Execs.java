package io.carafe.ports.runtime;

import io.carafe.domain.resource.Bytes;
import java.time.Duration;

/**
 * Commands in running containers. The OCI process is complete: user, environment and capabilities are the container's.
 *
 * <p>Source: CRI ExecSync, Exec.
 */
public interface Execs {
    /**
     * Runs a command without input to its end.
     *
     * @param timeout zero for none; when it runs out the command and its children are killed and reaped
     * @param outputLimit how much is kept of each stream at most; what is beyond it is read and dropped. Where both streams
     *     are long half of it may be all that is kept of each
     * @throws io.carafe.domain.fault.Fault.TimedOut after the timeout; the process is gone
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if the command cannot be executed, with the runtime's own words
     * @throws io.carafe.domain.fault.Fault.WrongState if the container does not run
     * @throws io.carafe.domain.fault.Fault.Exhausted if there was no memory for the output; the command has run
     * @throws InterruptedException if interrupted; the command and its children are killed
     */
    ExecResult run(ExecPlan plan, Duration timeout, Bytes outputLimit) throws InterruptedException;

    /** Starts a command with streams. The caller must close the session. Does not outlive the daemon. */
    ExecSession open(ExecPlan plan, boolean stdin) throws InterruptedException;
}
