package io.carafe.application.container;

import io.carafe.application.inventory.Inventory;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.runtime.ExitSink;
import io.carafe.ports.spi.Tasks;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes exits into the records. Takes the container's lock, so an exit during StartContainer waits for its end; therefore each
 * exit has a thread of its own, and the handler's thread that reported it is never held up.
 */
public final class ExitRecorder implements ExitSink {
    private final Inventory inventory;
    private final KeyedLock locks;
    private final InstantSource clock;
    private final Tasks tasks;

    public ExitRecorder(Inventory inventory, KeyedLock locks, InstantSource clock, Tasks tasks) {
        this.inventory = inventory;
        this.locks = locks;
        this.clock = clock;
        this.tasks = tasks;
    }

    @Override
    public void exited(ContainerId id, ExitStatus status) {
        tasks.background("exit of " + id, () -> record(id, status));
    }

    /** Writes the exit before it returns. */
    void record(ContainerId id, ExitStatus status) {
        try (var _ = locks.lockUninterruptibly(id.value())) {
            Optional<Container> container = inventory.findContainer(id.value());
            if (container.isPresent()) {
                record(container.get(), status);
            }
        }
    }

    private void record(Container container, ExitStatus status) {
        switch (container.state()) {
            case ContainerState.Running running -> inventory.observed(container.with(running.exited(status)));
            case ContainerState.Created created -> inventory.observed(container.with(created.failedToStart(status)));
            case ContainerState.Unknown unknown -> inventory.observed(container.with(unknown.exited(status)));
            case ContainerState.Creating _, ContainerState.Exited _, ContainerState.Removing _ -> {
                // known already, or the operation that made it deals with it
            }
        }
    }

    @Override
    public void sandboxExited(PodSandboxId id, ExitStatus status) {
        tasks.background("exit of sandbox " + id, () -> recordSandbox(id, status));
    }

    private void recordSandbox(PodSandboxId id, ExitStatus status) {
        try (var _ = locks.lockUninterruptibly(id.value())) {
            Optional<PodSandbox> sandbox = inventory.findSandbox(id.value());
            if (sandbox.isPresent() && sandbox.get().state() instanceof SandboxState.Ready ready) {
                String cause = "its sandbox container ended with code " + status.code();
                inventory.observed(sandbox.get().with(ready.stopped(clock.instant(), cause)));
            }
        }
    }
}
