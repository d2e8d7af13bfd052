package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import java.time.InstantSource;

/**
 * CRI StartContainer: runs the process of a Created container.
 *
 * <p>Not idempotent, as CRI has it: any other state is refused. A command that cannot be executed leaves the container Exited
 * with the reason StartError. Crash: recovery asks the handler what became of it.
 */
public final class StartContainer {
    /** The code that shells use for a command that could not be run. */
    private static final int CANNOT_EXECUTE = 128;

    private final Inventory inventory;
    private final Handlers handlers;
    private final KeyedLock locks;
    private final InstantSource clock;

    public StartContainer(Inventory inventory, Handlers handlers, KeyedLock locks, InstantSource clock) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.locks = locks;
        this.clock = clock;
    }

    public void start(String idOrPrefix) throws InterruptedException {
        var id = inventory.container(idOrPrefix).id();
        try (var _ = locks.lock(id.value())) {
            Container container = inventory.container(id.value());
            if (!(container.state() instanceof ContainerState.Created created)) {
                throw new Fault.WrongState("start container %s: it is %s, and only a created container can be started"
                        .formatted(id, ContainerLookup.word(container.state())));
            }
            if (!inventory.sandbox(container.sandboxId().value()).isReady()) {
                throw new Fault.WrongState(
                        "start container " + id + ": its pod sandbox " + container.sandboxId() + " is not ready");
            }
            try {
                handlers.of(container.handler()).containers().start(id);
            } catch (Fault e) {
                var status = new ExitStatus(
                        CANNOT_EXECUTE, clock.instant(), ExitStatus.START_ERROR, String.valueOf(e.getMessage()));
                inventory.put(container.with(created.failedToStart(status)));
                throw e;
            }
            inventory.put(container.with(created.started(clock.instant())));
        }
    }
}
