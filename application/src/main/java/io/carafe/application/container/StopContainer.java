package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.DurationText;
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
 * <p>Idempotent: an unknown container and one that has ended are no error; a stop under way with the same grace is joined, and
 * goes on when the caller hangs up. Concurrency: one with a shorter grace overtakes another; no lock is held while waiting. A
 * container that is being created is ended when it is there. Crash: may be repeated.
 */
public final class StopContainer {
    /** How long a killed process may take to be gone; longer means it hangs in the kernel. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final Operations operations;
    private final Inventory inventory;
    private final Handlers handlers;
    private final KeyedLock locks;
    private final ExitRecorder exits;
    private final InstantSource clock;
    private final Duration patience;

    public StopContainer(
            Operations operations,
            Inventory inventory,
            Handlers handlers,
            KeyedLock locks,
            ExitRecorder exits,
            InstantSource clock) {
        this(operations, inventory, handlers, locks, exits, clock, AFTER_KILL);
    }

    /** @param patience how long a killed process may take to be gone */
    public StopContainer(
            Operations operations,
            Inventory inventory,
            Handlers handlers,
            KeyedLock locks,
            ExitRecorder exits,
            InstantSource clock,
            Duration patience) {
        this.operations = operations;
        this.inventory = inventory;
        this.handlers = handlers;
        this.locks = locks;
        this.exits = exits;
        this.clock = clock;
        this.patience = patience;
    }

    /** @param grace zero to kill at once */
    public void stop(String idOrPrefix, Duration grace) throws InterruptedException {
        Optional<Container> found = inventory.findContainer(idOrPrefix);
        if (found.isPresent()) {
            ContainerId id = found.get().id();
            operations.run("StopContainer", id + " within " + DurationText.of(grace), () -> stop(id, grace));
        }
    }

    /** In the caller's thread, for what ends containers on its way. */
    public void stop(ContainerId id, Duration grace) throws InterruptedException {
        Optional<Container> found = created(id);
        if (found.isEmpty() || !mayRun(found.get())) {
            return;
        }
        Container container = found.get();
        Containers handler = handlers.of(container.handler()).containers();
        if (grace.isPositive() && mayHaveBeenStarted(container)) {
            handler.kill(id, container.stopSignal(), KillScope.INIT);
            if (inventory.await(id, c -> !mayRun(c), grace)) {
                return;
            }
        }
        handler.kill(id, Signal.KILL, KillScope.ALL);
        if (container.state() instanceof ContainerState.Creating) {
            return; // nobody creates it any more, and nobody will tell of its exit; removal is all that is left
        }
        // of one that is Unknown nobody may tell the exit
        if (container.state() instanceof ContainerState.Unknown && recordedWhatTheHandlerSees(id, handler)) {
            return;
        }
        if (!inventory.await(id, c -> !mayRun(c), patience) && !recordedWhatTheHandlerSees(id, handler)) {
            throw new Fault.TimedOut(
                    "stop container " + id + ": SIGKILL was sent and its process was not gone " + patience.toSeconds()
                            + " s later; it probably hangs in the kernel (state D, a dead network mount?); the next stop tries again");
        }
    }

    /** Waits for the end of its creation, which holds its lock. */
    private Optional<Container> created(ContainerId id) throws InterruptedException {
        Optional<Container> now = inventory.findContainer(id.value());
        if (now.isEmpty() || !(now.get().state() instanceof ContainerState.Creating)) {
            return now;
        }
        try (var _ = locks.lock(id.value())) {
            return inventory.findContainer(id.value());
        }
    }

    private boolean recordedWhatTheHandlerSees(ContainerId id, Containers handler) throws InterruptedException {
        return switch (handler.observe(id)) {
            case Observation.Exited(ExitStatus status) -> {
                exits.record(id, status);
                yield true;
            }
            case Observation.Gone(String proof) -> {
                exits.record(id, ExitStatus.unknown(clock.instant(), proof));
                yield true;
            }
            case Observation.Created _, Observation.Running _, Observation.Paused _, Observation.Unreachable _ -> false;
        };
    }

    private static boolean mayHaveBeenStarted(Container container) {
        return container.state() instanceof ContainerState.Running
                || container.state() instanceof ContainerState.Unknown;
    }

    private static boolean mayRun(Container container) {
        return switch (container.state()) {
            case ContainerState.Creating _,
                    ContainerState.Created _,
                    ContainerState.Running _,
                    ContainerState.Unknown _ -> true;
            case ContainerState.Exited _, ContainerState.Removing _ -> false;
        };
    }
}
