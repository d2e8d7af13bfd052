package io.carafe.application.container;

import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;

/** States in words, and the refusals that use them. */
final class ContainerLookup {
    private ContainerLookup() {}

    static String word(ContainerState state) {
        return switch (state) {
            case ContainerState.Creating _ -> "being created";
            case ContainerState.Created _ -> "created";
            case ContainerState.Running _ -> "running";
            case ContainerState.Exited exited ->
                "exited (code " + exited.status().code() + ")";
            case ContainerState.Unknown unknown -> "unknown (" + unknown.cause() + ")";
            case ContainerState.Removing _ -> "being removed";
        };
    }

    /** Work with a container that RemoveContainer may take away meanwhile. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** @throws Fault.NotFound instead of whatever else comes of its removal meanwhile */
    static <T> T whileThere(Inventory inventory, Container container, String attempted, Work<T> work)
            throws InterruptedException {
        try {
            return work.run();
        } catch (Fault e) {
            if (inventory.findContainer(container.id().value()).isPresent()) {
                throw e;
            }
            throw new Fault.NotFound(attempted + " container " + container.id() + ": it was removed meanwhile");
        }
    }

    /** @throws Fault.WrongState unless it runs */
    static void requireRunning(Container container, String attempted) {
        if (!(container.state() instanceof ContainerState.Running)) {
            throw new Fault.WrongState("%s container %s: it is %s, and must be running"
                    .formatted(attempted, container.id(), word(container.state())));
        }
    }
}
