package io.carafe.application.sandbox;

import io.carafe.application.container.StopContainer;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.spi.Tasks;
import java.time.Duration;
import java.util.Optional;

/**
 * CRI StopPodSandbox: ends what runs in the pod by force, gives its network back and removes its namespaces.
 *
 * <p>Idempotent: an unknown sandbox and one that is stopped are no error; one that is being stopped is joined, and its stop goes
 * on when the caller hangs up. Concurrency: holds the sandbox's lock, so that no container is accepted in a pod that is being
 * stopped, and a sandbox that is being run is stopped when it is there. Crash: may be repeated.
 */
public final class StopPodSandbox {
    private static final System.Logger LOG = System.getLogger(StopPodSandbox.class.getName());

    private final Operations operations;
    private final Inventory inventory;
    private final KeyedLock locks;
    private final StopContainer stopContainer;
    private final SandboxResources resources;
    private final PodContainers containers;

    public StopPodSandbox(
            Operations operations,
            Inventory inventory,
            KeyedLock locks,
            StopContainer stopContainer,
            SandboxResources resources,
            Tasks tasks) {
        this.operations = operations;
        this.inventory = inventory;
        this.locks = locks;
        this.stopContainer = stopContainer;
        this.resources = resources;
        this.containers = new PodContainers(inventory, tasks);
    }

    public void stop(String idOrPrefix) throws InterruptedException {
        Optional<PodSandbox> found = inventory.findSandbox(idOrPrefix);
        if (found.isPresent()) {
            PodSandboxId id = found.get().id();
            operations.run("StopPodSandbox", id.value(), () -> stop(id, "stopped by StopPodSandbox"));
        }
    }

    /** In the caller's thread. */
    void stop(PodSandboxId id, String cause) throws InterruptedException {
        try (var _ = locks.lock(id.value())) {
            Optional<PodSandbox> sandbox = inventory.findSandbox(id.value());
            if (sandbox.isEmpty() || isStopped(sandbox.get())) {
                return;
            }
            try {
                stopContainers(id);
            } catch (Fault.TimedOut e) {
                // one virtual machine that hangs is all its containers: with the sandbox they end
                LOG.log(
                        System.Logger.Level.WARNING,
                        "stop pod sandbox " + id + ": " + e.getMessage() + "; the sandbox is ended as a whole");
                resources.end(sandbox.get());
                stopContainers(id);
            }
            resources.stop(sandbox.get(), cause);
        }
    }

    private void stopContainers(PodSandboxId id) throws InterruptedException {
        containers.each(
                "stop containers of pod sandbox " + id, id, container -> stopContainer.stop(container, Duration.ZERO));
    }

    private static boolean isStopped(PodSandbox sandbox) {
        return sandbox.networkReleased() && sandbox.state() instanceof SandboxState.NotReady;
    }
}
