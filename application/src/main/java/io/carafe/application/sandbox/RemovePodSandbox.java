package io.carafe.application.sandbox;

import io.carafe.application.container.RemoveContainer;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SandboxState;
import java.util.Optional;

/**
 * CRI RemovePodSandbox: stops the pod if it is not, removes its containers and everything it holds.
 *
 * <p>Idempotent: an unknown sandbox is no error. Crash: the record stays until all is gone, so it may be repeated.
 */
public final class RemovePodSandbox {
    private final Inventory inventory;
    private final KeyedLock locks;
    private final StopPodSandbox stopPodSandbox;
    private final RemoveContainer removeContainer;
    private final SandboxResources resources;

    public RemovePodSandbox(
            Inventory inventory,
            KeyedLock locks,
            StopPodSandbox stopPodSandbox,
            RemoveContainer removeContainer,
            SandboxResources resources) {
        this.inventory = inventory;
        this.locks = locks;
        this.stopPodSandbox = stopPodSandbox;
        this.removeContainer = removeContainer;
        this.resources = resources;
    }

    public void remove(String idOrPrefix) throws InterruptedException {
        Optional<PodSandbox> found = inventory.findSandbox(idOrPrefix);
        if (found.isEmpty()) {
            return;
        }
        try (var _ = locks.lock(found.get().id().value())) {
            stopPodSandbox.stop(found.get().id(), "removed by RemovePodSandbox");
            Optional<PodSandbox> stopped =
                    inventory.findSandbox(found.get().id().value());
            if (stopped.isEmpty()) {
                return;
            }
            PodSandbox removing = stopped.get();
            if (removing.state() instanceof SandboxState.NotReady notReady) {
                removing = removing.with(notReady.removing());
                inventory.put(removing);
            }
            for (Container container : inventory.containersOf(removing.id())) {
                removeContainer.remove(container.id());
            }
            resources.remove(removing);
        }
    }
}
