package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import java.time.InstantSource;

/**
 * CRI StartContainer: runs the process of a Created container.
 *
 * <p>Not idempotent, as CRI has it: any other state is refused; but a start that is under way is joined, and goes on when the
 * caller hangs up. A command that cannot be executed leaves the container Exited with the reason StartError. After any other
 * failure the handler is asked what there is, so that nothing runs unrecorded. What has become of the container is shown also where it cannot be written. Crash: recovery asks the handler what became of it.
 */
public final class StartContainer {
    private static final System.Logger LOG = System.getLogger(StartContainer.class.getName());

    /** The code that shells use for a command that could not be run. */
    private static final int CANNOT_EXECUTE = 128;

    private final Operations operations;
    private final Inventory inventory;
    private final Handlers handlers;
    private final KeyedLock locks;
    private final InstantSource clock;

    public StartContainer(
            Operations operations, Inventory inventory, Handlers handlers, KeyedLock locks, InstantSource clock) {
        this.operations = operations;
        this.inventory = inventory;
        this.handlers = handlers;
        this.locks = locks;
        this.clock = clock;
    }

    public void start(String idOrPrefix) throws InterruptedException {
        ContainerId id = inventory.container(idOrPrefix).id();
        operations.run("StartContainer", id.value(), () -> start(id));
    }

    private void start(ContainerId id) throws InterruptedException {
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
            Containers handler = handlers.of(container.handler()).containers();
            ContainerState now;
            try {
                handler.start(id);
                now = created.started(clock.instant());
            } catch (Fault e) {
                now = afterFailure(id, created, handler, e);
                if (!(now instanceof ContainerState.Running)) {
                    inventory.observed(container.with(now));
                    throw e;
                }
                LOG.log(System.Logger.Level.WARNING, "start container " + id + ": it runs, in spite of: " + e, e);
            } catch (InterruptedException e) {
                var cause = new Fault.Unavailable("start container " + id + ": interrupted", e);
                inventory.observed(container.with(afterFailure(id, created, handler, cause)));
                throw e;
            }
            inventory.observed(container.with(now));
        }
    }

    /** What is so: the handler may have lost patience, or its monitor, while the process was running already. */
    private ContainerState afterFailure(
            ContainerId id, ContainerState.Created created, Containers handler, Fault failure)
            throws InterruptedException {
        try {
            return switch (handler.observe(id)) {
                case Observation.Running _, Observation.Paused _ -> created.started(clock.instant());
                case Observation.Exited(ExitStatus status) ->
                    created.failedToStart(failure instanceof Fault.InvalidArgument ? startError(failure) : status);
                case Observation.Gone _ -> created.failedToStart(startError(failure));
                case Observation.Created _ -> {
                    // whoever was to start it may still be at it
                    handler.kill(id, Signal.KILL, KillScope.ALL);
                    yield created.failedToStart(startError(failure));
                }
                case Observation.Unreachable unreachable ->
                    created.lost("its start failed (" + failure.getMessage() + "), and then: " + unreachable.why());
            };
        } catch (Fault e) {
            failure.addSuppressed(e);
            return created.lost("its start failed (" + failure.getMessage() + "), and then: " + e.getMessage());
        }
    }

    private ExitStatus startError(Fault failure) {
        return new ExitStatus(
                CANNOT_EXECUTE, clock.instant(), ExitStatus.START_ERROR, String.valueOf(failure.getMessage()));
    }
}
