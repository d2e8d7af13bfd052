package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * CRI StopContainer: sends the stop signal, waits for the grace period, then kills every process of the container.
 *
 * <p>Idempotent: an unknown container and one that has ended are no error. Crash: may be repeated.
 */
public final class StopContainer {
    /** How long a killed process may take to be gone; longer means it hangs in the kernel. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final Inventory inventory;
    private final Handlers handlers;
    private final ExitRecorder exits;
    private final InstantSource clock;

    public StopContainer(Inventory inventory, Handlers handlers, ExitRecorder exits, InstantSource clock) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.exits = exits;
        this.clock = clock;
    }

    /** @param grace zero to kill at once */
    public void stop(String idOrPrefix, Duration grace) throws InterruptedException {
        Optional<Container> found = inventory.findContainer(idOrPrefix);
        if (found.isPresent()) {
            stop(found.get().id(), grace);
        }
    }

    public void stop(ContainerId id, Duration grace) throws InterruptedException {
        Optional<Container> found = inventory.findContainer(id.value());
        if (found.isEmpty() || !mayRun(found.get())) {
            return;
        }
        Container container = found.get();
        Containers handler = handlers.of(container.handler()).containers();
        if (grace.isPositive() && container.state() instanceof ContainerState.Running) {
            handler.kill(id, container.stopSignal(), KillScope.INIT);
            if (inventory.await(id, c -> !mayRun(c), grace)) {
                return;
            }
        }
        handler.kill(id, Signal.KILL, KillScope.ALL);
        if (!inventory.await(id, c -> !mayRun(c), AFTER_KILL)) {
            acceptWhatTheHandlerSees(id, handler);
        }
    }

    private void acceptWhatTheHandlerSees(ContainerId id, Containers handler) throws InterruptedException {
        switch (handler.observe(id)) {
            case Observation.Exited(ExitStatus status) -> exits.record(id, status);
            case Observation.Gone(String proof) -> exits.record(id, ExitStatus.unknown(clock.instant(), proof));
            case Observation.Created _, Observation.Running _, Observation.Paused _, Observation.Unreachable _ ->
                throw new Fault.TimedOut(
                        "stop container " + id + ": SIGKILL was sent and its process was not gone "
                                + AFTER_KILL.toSeconds()
                                + " s later; it probably hangs in the kernel (state D, a dead network mount?); the next stop tries again");
        }
    }

    private static boolean mayRun(Container container) {
        return switch (container.state()) {
            case ContainerState.Created _, ContainerState.Running _, ContainerState.Unknown _ -> true;
            case ContainerState.Creating _, ContainerState.Exited _, ContainerState.Removing _ -> false;
        };
    }
}
