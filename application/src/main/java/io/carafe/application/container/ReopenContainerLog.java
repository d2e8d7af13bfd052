package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.fault.Fault;

/** CRI ReopenContainerLog: after the kubelet has rotated the file; answers when a new one exists. */
public final class ReopenContainerLog {
    private final Inventory inventory;
    private final Handlers handlers;

    public ReopenContainerLog(Inventory inventory, Handlers handlers) {
        this.inventory = inventory;
        this.handlers = handlers;
    }

    public void reopen(String idOrPrefix) throws InterruptedException {
        Container container = inventory.container(idOrPrefix);
        ContainerLookup.requireRunning(container, "reopen the log of");
        if (container.logPath().isEmpty()) {
            throw new Fault.WrongState(
                    "reopen the log of container " + container.id() + ": it was created without a log");
        }
        ContainerLookup.whileThere(inventory, container, "reopen the log of", () -> {
            handlers.of(container.handler()).containers().reopenLog(container.id());
            return container;
        });
    }
}
