package io.carafe.application.sandbox;

import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.spi.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Does one thing to all containers of a pod at once, so that one that hangs holds up no other. */
final class PodContainers {
    private final Inventory inventory;
    private final Tasks tasks;

    PodContainers(Inventory inventory, Tasks tasks) {
        this.inventory = inventory;
        this.tasks = tasks;
    }

    /** What is done to one. */
    interface Action {
        void on(ContainerId id) throws InterruptedException;
    }

    /** Returns or throws when all are done: a failure cuts no other off, the first is thrown with the others in it. */
    void each(String attempted, PodSandboxId sandbox, Action action) throws InterruptedException {
        List<Callable<Optional<Fault>>> work = inventory.containersOf(sandbox).stream()
                .map(container -> (Callable<Optional<Fault>>) () -> failure(action, container.id()))
                .toList();
        if (work.isEmpty()) {
            return;
        }
        List<Fault> faults = tasks.all(attempted, work.size(), work).stream()
                .flatMap(Optional::stream)
                .toList();
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            faults.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static Optional<Fault> failure(Action action, ContainerId id) throws InterruptedException {
        try {
            action.on(id);
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e);
        }
    }
}
