package io.carafe.ports.runtime;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.PodSandboxId;

/**
 * Hears of exits. They may come before {@link Containers#start} has returned, and the same one may come twice, as after a
 * restart of the daemon.
 */
public interface ExitSink {
    /** The container's first process has ended and its output is in the log. */
    void exited(ContainerId id, ExitStatus status);

    /** The sandbox container has ended: on gVisor and Kata the whole pod is dead; with runc its PID namespace is. */
    void sandboxExited(PodSandboxId id, ExitStatus status);
}
