package io.carafe.application.sandbox;

import io.carafe.application.container.StopContainer;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.container.Container;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import java.time.Duration;
import java.util.Optional;

/**
 * CRI StopPodSandbox: ends what runs in the pod by force, gives its network back and removes its namespaces.
 *
 * <p>Idempotent: an unknown sandbox and one that is stopped are no error. Crash: may be repeated.
 */
public final class StopPodSandbox {
    private final Inventory inventory;
    private final KeyedLock locks;
    private final StopContainer stopContainer;
    private final SandboxResources resources;

    public StopPodSandbox(
            Inventory inventory, KeyedLock locks, StopContainer stopContainer, SandboxResources resources) {
        this.inventory = inventory;
        this.locks = locks;
        this.stopContainer = stopContainer;
        this.resources = resources;
    }

    public void stop(String idOrPrefix) throws InterruptedException {
        Optional<PodSandbox> found = inventory.findSandbox(idOrPrefix);
        if (found.isPresent()) {
            stop(found.get().id(), "stopped by StopPodSandbox");
        }
    }

    void stop(PodSandboxId id, String cause) throws InterruptedException {
        try (var _ = locks.lock(id.value())) {
            Optional<PodSandbox> sandbox = inventory.findSandbox(id.value());
            if (sandbox.isEmpty() || isStopped(sandbox.get())) {
                return;
            }
            for (Container container : inventory.containersOf(id)) {
                stopContainer.stop(container.id(), Duration.ZERO);
            }
            resources.stop(sandbox.get(), cause);
        }
    }

    private static boolean isStopped(PodSandbox sandbox) {
        return sandbox.networkReleased() && sandbox.state() instanceof SandboxState.NotReady;
    }
}
