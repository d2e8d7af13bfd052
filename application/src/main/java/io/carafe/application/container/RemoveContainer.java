package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.process.ExitStatus;
import io.carafe.ports.image.Snapshotter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * CRI RemoveContainer: kills it if it runs, and removes everything of it but its log.
 *
 * <p>Idempotent: an unknown container is no error; one that is being removed is joined, and its removal goes on when the caller
 * hangs up. Crash: the record stays until all is gone, so it may be repeated.
 */
public final class RemoveContainer {
    private final Operations operations;
    private final Inventory inventory;
    private final Handlers handlers;
    private final Snapshotter snapshotter;
    private final StopContainer stopContainer;
    private final KeyedLock locks;
    private final InstantSource clock;

    public RemoveContainer(
            Operations operations,
            Inventory inventory,
            Handlers handlers,
            Snapshotter snapshotter,
            StopContainer stopContainer,
            KeyedLock locks,
            InstantSource clock) {
        this.operations = operations;
        this.inventory = inventory;
        this.handlers = handlers;
        this.snapshotter = snapshotter;
        this.stopContainer = stopContainer;
        this.locks = locks;
        this.clock = clock;
    }

    public void remove(String idOrPrefix) throws InterruptedException {
        Optional<Container> found = inventory.findContainer(idOrPrefix);
        if (found.isPresent()) {
            ContainerId id = found.get().id();
            operations.run("RemoveContainer", id.value(), () -> remove(id));
        }
    }

    /** In the caller's thread, for what removes containers on its way. */
    public void remove(ContainerId id) throws InterruptedException {
        stopContainer.stop(id, Duration.ZERO);
        try (var _ = locks.lock(id.value())) {
            Optional<Container> found = inventory.findContainer(id.value());
            if (found.isEmpty()) {
                return;
            }
            Container container = found.get();
            if (!(container.state() instanceof ContainerState.Removing)) {
                inventory.observed(container.with(removing(container)));
            }
            handlers.of(container.handler()).containers().delete(id);
            snapshotter.remove(id.value());
            inventory.remove(id);
        }
    }

    private ContainerState.Removing removing(Container container) {
        return switch (container.state()) {
            case ContainerState.Exited exited -> exited.removing();
            case ContainerState.Removing removing -> removing;
            case ContainerState.Creating creating ->
                creating.abandoned(cutOff()).removing();
            case ContainerState.Created created ->
                created.failedToStart(cutOff()).removing();
            case ContainerState.Running running -> running.exited(cutOff()).removing();
            case ContainerState.Unknown unknown -> unknown.exited(cutOff()).removing();
        };
    }

    private ExitStatus cutOff() {
        return ExitStatus.unknown(clock.instant(), "removed");
    }
}
