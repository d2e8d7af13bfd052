package io.carafe.application.sandbox;

import io.carafe.application.container.RemoveContainer;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.spi.Tasks;
import java.util.Optional;

/**
 * CRI RemovePodSandbox: stops the pod if it is not, removes its containers and everything it holds.
 *
 * <p>Idempotent: an unknown sandbox is no error; one that is being removed is joined, and its removal goes on when the caller
 * hangs up. Crash: the record stays until all is gone, so it may be repeated.
 */
public final class RemovePodSandbox {
    private final Operations operations;
    private final Inventory inventory;
    private final KeyedLock locks;
    private final StopPodSandbox stopPodSandbox;
    private final RemoveContainer removeContainer;
    private final SandboxResources resources;
    private final PodContainers containers;

    public RemovePodSandbox(
            Operations operations,
            Inventory inventory,
            KeyedLock locks,
            StopPodSandbox stopPodSandbox,
            RemoveContainer removeContainer,
            SandboxResources resources,
            Tasks tasks) {
        this.operations = operations;
        this.inventory = inventory;
        this.locks = locks;
        this.stopPodSandbox = stopPodSandbox;
        this.removeContainer = removeContainer;
        this.resources = resources;
        this.containers = new PodContainers(inventory, tasks);
    }

    public void remove(String idOrPrefix) throws InterruptedException {
        Optional<PodSandbox> found = inventory.findSandbox(idOrPrefix);
        if (found.isPresent()) {
            PodSandboxId id = found.get().id();
            operations.run("RemovePodSandbox", id.value(), () -> remove(id));
        }
    }

    private void remove(PodSandboxId id) throws InterruptedException {
        try (var _ = locks.lock(id.value())) {
            stopPodSandbox.stop(id, "removed by RemovePodSandbox");
            Optional<PodSandbox> stopped = inventory.findSandbox(id.value());
            if (stopped.isEmpty()) {
                return;
            }
            PodSandbox removing = stopped.get();
            if (removing.state() instanceof SandboxState.NotReady notReady) {
                removing = removing.with(notReady.removing());
                inventory.observed(removing);
            }
            containers.each("remove containers of pod sandbox " + id, id, removeContainer::remove);
            resources.remove(removing);
        }
    }
}
