package io.carafe.application.recovery;

import io.carafe.application.handler.Handlers;
import io.carafe.application.image.Images;
import io.carafe.application.image.LayerCollector;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeHandler;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * After our own restart: one loop over the records, observe, decide, adopt. It ends nothing that may still be of use and stops
 * at nothing: what fails for one object is logged, and that object stays listed and removable.
 */
public final class RecoverNode {
    private static final System.Logger LOG = System.getLogger(RecoverNode.class.getName());

    /** What the host pins; a PID namespace is the handler's. */
    private static final Set<NamespaceType> PINNED =
            Set.of(NamespaceType.NETWORK, NamespaceType.IPC, NamespaceType.UTS);

    private static final String NAMESPACES_GONE = "its namespaces are gone: the node was restarted";

    private final Inventory inventory;
    private final Images images;
    private final Handlers handlers;
    private final Host host;
    private final PodNetwork network;
    private final Snapshotter snapshotter;
    private final LayerCollector collector;
    private final InstantSource clock;

    public RecoverNode(
            Inventory inventory,
            Images images,
            Handlers handlers,
            Host host,
            PodNetwork network,
            Snapshotter snapshotter,
            LayerCollector collector,
            InstantSource clock) {
        this.inventory = inventory;
        this.images = images;
        this.handlers = handlers;
        this.host = host;
        this.network = network;
        this.snapshotter = snapshotter;
        this.collector = collector;
        this.clock = clock;
    }

    /** Before the first call is served: the records are read and every object has its true state. */
    public void recover() throws InterruptedException {
        images.load();
        inventory.load();
        for (PodSandbox sandbox : inventory.sandboxes()) {
            guarded("pod sandbox " + sandbox.id(), () -> recover(sandbox));
        }
        for (Container container : inventory.containers()) {
            guarded("container " + container.id(), () -> recover(container));
        }
    }

    /**
     * Removes what no record owns. May run while calls are served: it lists first what there is, then the records, and a record
     * is always written before what it owns is made.
     */
    public void sweep() throws InterruptedException {
        guarded("networks without a pod", () -> network.collectGarbage(this::recordedSandboxes));
        Set<PodSandboxId> sandboxes = new HashSet<>();
        guarded("namespaces", () -> sandboxes.addAll(host.namespaces().list()));
        guarded("files of pods", () -> sandboxes.addAll(host.files().list()));
        sandboxes.removeAll(recordedSandboxes());
        for (PodSandboxId stray : sandboxes) {
            guarded("leftovers of pod sandbox " + stray, () -> {
                host.namespaces().unpin(stray);
                host.files().remove(stray);
            });
        }
        Set<String> snapshots = new HashSet<>();
        guarded("snapshots", () -> snapshots.addAll(snapshotter.snapshots()));
        snapshots.removeAll(inventory.unreadableContainers());
        inventory
                .containers()
                .forEach(container -> snapshots.remove(container.id().value()));
        for (String stray : snapshots) {
            guarded("snapshot " + stray, () -> snapshotter.remove(stray));
        }
        guarded("layers", collector::collect);
    }

    /** Also those whose record cannot be read: what runs in them goes on. */
    private Set<PodSandboxId> recordedSandboxes() {
        Set<PodSandboxId> recorded =
                inventory.sandboxes().stream().map(PodSandbox::id).collect(Collectors.toSet());
        inventory.unreadableSandboxes().forEach(id -> recorded.add(new PodSandboxId(id)));
        return recorded;
    }

    private void recover(PodSandbox sandbox) throws InterruptedException {
        switch (sandbox.state()) {
            case SandboxState.Creating creating ->
                inventory.observed(sandbox.with(creating.abandoned(
                        clock.instant(), "the daemon ended while the sandbox was being made; " + found(sandbox))));
            case SandboxState.Ready ready -> recoverReady(sandbox, ready);
            case SandboxState.NotReady _, SandboxState.Removing _ -> {
                // Stop and Remove may be repeated
            }
        }
    }

    /** How far it had come, for people. */
    private String found(PodSandbox sandbox) {
        return "found of it: namespaces "
                + host.namespaces().observe(sandbox.id()).keySet()
                + (host.files().list().contains(sandbox.id()) ? ", files" : "");
    }

    private void recoverReady(PodSandbox sandbox, SandboxState.Ready ready) throws InterruptedException {
        if (sandbox.isOfAnotherBoot(host.facts().boot())) {
            gone(sandbox, ready, "the node was restarted");
            return;
        }
        Set<NamespaceType> alive = host.namespaces().observe(sandbox.id()).keySet();
        // by the record, since the handler may be gone; what the handler made itself is not in the way of saying so
        if (alive.isEmpty() && sandbox.namespaces().keySet().stream().anyMatch(PINNED::contains)) {
            gone(sandbox, ready, NAMESPACES_GONE);
            return;
        }
        RuntimeHandler handler = handlers.of(sandbox.handler());
        var needed = handler.sandboxes().needs(sandbox.config().security().namespaces());
        if (!alive.containsAll(needed.pinned())) {
            gone(sandbox, ready, NAMESPACES_GONE);
            return;
        }
        if (!needed.sandboxContainer()) {
            return;
        }
        switch (handler.sandboxes().observe(sandbox.id())) {
            case Observation.Exited(ExitStatus status) ->
                inventory.observed(sandbox.with(
                        ready.stopped(clock.instant(), "its sandbox container ended with code " + status.code())));
            case Observation.Gone(String proof) ->
                inventory.observed(sandbox.with(ready.stopped(clock.instant(), proof)));
            case Observation.Created _, Observation.Running _, Observation.Paused _, Observation.Unreachable _ ->
                handler.sandboxes().adopt(sandbox.id());
        }
    }

    private void gone(PodSandbox sandbox, SandboxState.Ready ready, String cause) {
        inventory.observed(sandbox.with(ready.stopped(clock.instant(), cause)));
    }

    private void recover(Container container) throws InterruptedException {
        switch (container.state()) {
            case ContainerState.Creating creating -> {
                inventory.observed(container.with(creating.abandoned(ExitStatus.unknown(
                        clock.instant(), "the daemon ended while the container was being created"))));
                // its process may wait for a start that nobody will ask for
                handlers.of(container.handler()).containers().delete(container.id());
            }
            case ContainerState.Exited _, ContainerState.Removing _ -> {
                // nothing can change any more; removal may be repeated
            }
            case ContainerState.Created _, ContainerState.Running _, ContainerState.Unknown _ -> observe(container);
        }
    }

    /** A handler that is not there, or cannot say what there is, leaves the container Unknown: it can be stopped and removed. */
    private void observe(Container container) throws InterruptedException {
        Containers handler;
        Observation observed;
        try {
            handler = handlers.of(container.handler()).containers();
        } catch (Fault e) {
            lost(container, String.valueOf(e.getMessage()));
            throw e;
        }
        try {
            observed = handler.observe(container.id());
        } catch (Fault e) {
            observed = new Observation.Unreachable(clock.instant(), String.valueOf(e.getMessage()));
        }
        decide(container, handler, observed);
    }

    private void decide(Container container, Containers handler, Observation observed) throws InterruptedException {
        ContainerId id = container.id();
        switch (observed) {
            case Observation.Exited(ExitStatus status) -> exited(container, status);
            case Observation.Gone(String proof) -> exited(container, ExitStatus.unknown(clock.instant(), proof));
            case Observation.Running _, Observation.Paused _ -> {
                running(container);
                handler.adopt(id);
            }
            case Observation.Created _ -> handler.adopt(id);
            case Observation.Unreachable unreachable -> {
                lost(container, unreachable.why());
                handler.adopt(id);
            }
        }
    }

    private void lost(Container container, String why) {
        switch (container.state()) {
            case ContainerState.Created created -> inventory.observed(container.with(created.lost(why)));
            case ContainerState.Running running -> inventory.observed(container.with(running.lost(why)));
            case ContainerState.Creating _,
                    ContainerState.Exited _,
                    ContainerState.Unknown _,
                    ContainerState.Removing _ -> {
                // as recorded
            }
        }
    }

    private void running(Container container) {
        switch (container.state()) {
            case ContainerState.Created created -> inventory.observed(container.with(created.started(clock.instant())));
            case ContainerState.Unknown unknown -> inventory.observed(container.with(unknown.found(clock.instant())));
            case ContainerState.Creating _,
                    ContainerState.Running _,
                    ContainerState.Exited _,
                    ContainerState.Removing _ -> {
                // as recorded
            }
        }
    }

    private void exited(Container container, ExitStatus status) {
        switch (container.state()) {
            case ContainerState.Created created -> inventory.observed(container.with(created.failedToStart(status)));
            case ContainerState.Running running -> inventory.observed(container.with(running.exited(status)));
            case ContainerState.Unknown unknown -> inventory.observed(container.with(unknown.exited(status)));
            case ContainerState.Creating _, ContainerState.Exited _, ContainerState.Removing _ -> {
                // as recorded
            }
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static void guarded(String what, Step step) throws InterruptedException {
        try {
            step.run();
        } catch (RuntimeException e) { // a bug too: one object must not keep the whole node down
            LOG.log(System.Logger.Level.WARNING, "recovery of " + what + ": " + e.getMessage(), e);
        }
    }
}
