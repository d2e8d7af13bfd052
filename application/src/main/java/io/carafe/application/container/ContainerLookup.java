package io.carafe.application.container;

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

    /** @throws Fault.WrongState unless it runs */
    static void requireRunning(Container container, String attempted) {
        if (!(container.state() instanceof ContainerState.Running)) {
            throw new Fault.WrongState("%s container %s: it is %s, and must be running"
                    .formatted(attempted, container.id(), word(container.state())));
        }
    }
}
