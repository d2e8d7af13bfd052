package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.image.Images;
import io.carafe.application.inventory.Differences;
import io.carafe.application.inventory.Ids;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.application.undo.Undo;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Image;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.domain.spec.OciSpec;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.RuntimeHandler;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * CRI CreateContainer: mounts a root file system, makes the spec and creates the container up to its start.
 *
 * <p>Idempotent by sandbox, name and attempt: the same request under way is joined, a container of the same request that is
 * still Created is answered again, any other request is refused. Crash: the record of intent is written first, so what was
 * taken is listed by the next start and can be removed.
 */
public final class CreateContainer {
    private static final System.Logger LOG = System.getLogger(CreateContainer.class.getName());

    private final Operations operations;
    private final Inventory inventory;
    private final Handlers handlers;
    private final Images images;
    private final Snapshotter snapshotter;
    private final ContainerSpecs specs;
    private final KeyedLock locks;
    private final Ids ids;
    private final InstantSource clock;

    public CreateContainer(
            Operations operations,
            Inventory inventory,
            Handlers handlers,
            Images images,
            Snapshotter snapshotter,
            ContainerSpecs specs,
            KeyedLock locks,
            Ids ids,
            InstantSource clock) {
        this.operations = operations;
        this.inventory = inventory;
        this.handlers = handlers;
        this.images = images;
        this.snapshotter = snapshotter;
        this.specs = specs;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
    }

    /** Answers the id of the container, which is Created. */
    public ContainerId create(String sandboxId, ContainerConfig config) throws InterruptedException {
        PodSandbox sandbox = inventory.sandbox(sandboxId);
        String key = sandbox.id() + "/" + config.metadata().name() + "/"
                + config.metadata().attempt();
        return operations.run("CreateContainer", key, config, stage -> answerOrCreate(sandbox, config, stage));
    }

    private ContainerId answerOrCreate(PodSandbox sandbox, ContainerConfig config, Operations.Stage stage)
            throws InterruptedException {
        Optional<Container> present = inventory.containersOf(sandbox.id()).stream()
                .filter(c -> c.config().metadata().equals(config.metadata()))
                .findFirst();
        if (present.isPresent()) {
            return answer(present.get(), config);
        }
        requireReady(sandbox);
        RuntimeHandler handler = handlers.of(sandbox.handler());
        Image image = images.find(config.image())
                .orElseThrow(() -> new Fault.NotFound(
                        "create container '" + config.metadata().name() + "' in pod sandbox " + sandbox.id()
                                + ": image '" + config.image() + "' is not on this node; pull it first"));
        specs.refuseUnsupported(config, sandbox);
        var id = new ContainerId(ids.next());
        try (var _ = accept(accepted(id, sandbox, config, image))) {
            var undo = new Undo("create container " + id);
            try (undo) {
                bringUp(
                        inventory.container(id.value()),
                        inventory.sandbox(sandbox.id().value()),
                        image,
                        handler,
                        stage,
                        undo);
                undo.keep();
                return id;
            } finally {
                forgetUnlessLeft(id, undo);
            }
        }
    }

    /**
     * Writes the record of intent, in a pod that is ready: StopPodSandbox holds the pod's lock while it ends all it finds, so
     * none comes in behind its back. Answers the container's lock.
     */
    private KeyedLock.Held accept(Container container) throws InterruptedException {
        try (var _ = locks.lock(container.sandboxId().value())) {
            requireReady(inventory.sandbox(container.sandboxId().value()));
            KeyedLock.Held held = locks.lock(container.id().value());
            boolean written = false;
            try {
                inventory.put(container);
                written = true;
                return held;
            } finally {
                if (!written) {
                    forget(container.id()); // a write that failed may have left a record too
                    held.close();
                }
            }
        }
    }

    private void bringUp(
            Container container,
            PodSandbox sandbox,
            Image image,
            RuntimeHandler handler,
            Operations.Stage stage,
            Undo undo)
            throws InterruptedException {
        ContainerConfig config = container.config();
        ContainerId id = container.id();
        stage.enter("root file system");
        undo.push("remove the root file system", () -> snapshotter.remove(id.value()));
        Path rootfs = mount(id, config, image);

        stage.enter("spec");
        ContainerUser user = specs.user(config, image, rootfs);
        OciSpec spec = specs.make(container, sandbox, image, rootfs, user);

        stage.enter("handler " + container.handler().name());
        undo.push("remove the container", () -> handler.containers().delete(id));
        handler.containers()
                .create(new ContainerPlan(
                        id,
                        sandbox.id(),
                        spec,
                        sandbox.cgroup().orElseThrow(),
                        container.logPath(),
                        config.stdin(),
                        config.stdinOnce()));
        stage.enter("record");
        var creating = new ContainerState.Creating(container.state().createdAt());
        // the pod may have been stopped meanwhile; then nobody would ever end this container
        requireReady(inventory.sandbox(sandbox.id().value()));
        inventory.put(container.withProcess(spec.process(), user).with(creating.created()));
    }

    /** RemoveImage may have come in between. */
    private Path mount(ContainerId id, ContainerConfig config, Image image) {
        try {
            return snapshotter.mount(id.value(), image.config().diffIds());
        } catch (Fault.NotFound e) {
            if (images.byId(image.id()).isPresent()) {
                throw e;
            }
            throw new Fault.NotFound("create container '" + config.metadata().name() + "': image '" + config.image()
                    + "' was removed meanwhile; pull it again");
        }
    }

    /** A failed attempt leaves nothing; only where undoing failed too, or cannot be written down, a record stays to be removed. */
    private void forgetUnlessLeft(ContainerId id, Undo undo) {
        Optional<Container> now = inventory.findContainer(id.value());
        if (now.isEmpty() || !(now.get().state() instanceof ContainerState.Creating creating)) {
            return;
        }
        if (undo.failures().isEmpty()) {
            forget(id);
            return;
        }
        var status =
                ExitStatus.unknown(clock.instant(), "its creation failed and could not be undone: " + undo.failures());
        inventory.observed(now.get().with(creating.abandoned(status)));
    }

    private void forget(ContainerId id) {
        try {
            inventory.remove(id);
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "record of container " + id + ": " + e.getMessage(), e);
        }
    }

    private Container accepted(ContainerId id, PodSandbox sandbox, ContainerConfig config, Image image) {
        Signal stopSignal = config.stopSignal()
                .or(() -> image.config().stopSignal().map(Signal::parse))
                .orElse(Signal.TERM);
        return new Container(
                id,
                sandbox.id(),
                config,
                sandbox.handler(),
                image.id(),
                stopSignal,
                specs.logPath(sandbox, config),
                Optional.empty(),
                ContainerUser.ROOT,
                config.resources(),
                new ContainerState.Creating(clock.instant()));
    }

    private static void requireReady(PodSandbox sandbox) {
        if (!(sandbox.state() instanceof SandboxState.Ready)) {
            throw new Fault.WrongState(
                    "create a container in pod sandbox " + sandbox.id() + ": the sandbox is not ready; run a new one");
        }
    }

    private static ContainerId answer(Container present, ContainerConfig config) {
        if (present.state() instanceof ContainerState.Created
                && present.config().equals(config)) {
            return present.id();
        }
        String found = present.config().equals(config)
                ? "it has the same configuration and is past its creation"
                : "its " + Differences.first(present.config(), config) + " differs";
        throw new Fault.AlreadyExists(
                "create container '%s' attempt %d in pod sandbox %s: container %s exists for it and is %s; %s: remove it, or use another attempt number"
                        .formatted(
                                config.metadata().name(),
                                config.metadata().attempt(),
                                present.sandboxId(),
                                present.id(),
                                ContainerLookup.word(present.state()),
                                found));
    }
}
