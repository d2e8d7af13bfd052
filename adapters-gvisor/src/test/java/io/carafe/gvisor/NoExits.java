package io.carafe.gvisor;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.ExitSink;

/** For handlers that run nothing. */
final class NoExits implements ExitSink {
    @Override
    public void exited(ContainerId id, ExitStatus status) {
        throw new AssertionError("no container was started");
    }

    @Override
    public void sandboxExited(PodSandboxId id, ExitStatus status) {
        throw new AssertionError("no sandbox was started");
    }
}
