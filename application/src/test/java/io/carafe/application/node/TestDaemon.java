package io.carafe.application.node;

import io.carafe.application.container.ContainerSpecs;
import io.carafe.application.container.CreateContainer;
import io.carafe.application.container.ExecSync;
import io.carafe.application.container.ExitRecorder;
import io.carafe.application.container.RemoveContainer;
import io.carafe.application.container.ReopenContainerLog;
import io.carafe.application.container.StartContainer;
import io.carafe.application.container.StopContainer;
import io.carafe.application.handler.ConfiguredHandler;
import io.carafe.application.handler.HandlerTable;
import io.carafe.application.handler.Handlers;
import io.carafe.application.image.Images;
import io.carafe.application.image.LayerCollector;
import io.carafe.application.image.PullImage;
import io.carafe.application.image.RemoveImage;
import io.carafe.application.inventory.Ids;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.application.recovery.RecoverNode;
import io.carafe.application.sandbox.RemovePodSandbox;
import io.carafe.application.sandbox.RunPodSandbox;
import io.carafe.application.sandbox.SandboxResources;
import io.carafe.application.sandbox.StopPodSandbox;
import io.carafe.application.stats.Stats;
import io.carafe.application.task.Subtasks;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.host.PodCgroup;
import io.carafe.ports.host.PodFiles;
import io.carafe.ports.host.PodNamespaces;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.runtime.Containers;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.runtime.Sandboxes;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.store.RecordStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases over the ports of a {@link TestNode}; every call of a port goes through {@link #ports}. */
public final class TestDaemon {
    private static final HandlerBinding BINDING = new HandlerBinding("memory", "memory", "", Map.of());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public final PortCalls ports = new PortCalls();
    public final Operations operations;
    public final Inventory inventory;
    public final Images images;
    public final KeyedLock locks = new KeyedLock();
    public final RecoverNode recoverNode;
    public final RunPodSandbox runPodSandbox;
    public final StopPodSandbox stopPodSandbox;
    public final RemovePodSandbox removePodSandbox;
    public final CreateContainer createContainer;
    public final StartContainer startContainer;
    public final StopContainer stopContainer;
    public final RemoveContainer removeContainer;
    public final ExecSync execSync;
    public final ReopenContainerLog reopenContainerLog;
    public final Stats stats;
    public final PullImage pullImage;
    public final RemoveImage removeImage;

    private record CountedHandler(
            Sandboxes sandboxes, Containers containers, Execs execs, Map<RuntimeFeature, String> missingFeatures)
            implements RuntimeHandler {}

    TestDaemon(TestNode node, boolean handlerInstalled, Duration patience) {
        var clock = node.context.clock();
        var tasks = new Subtasks();
        var records = ports.over(RecordStore.class, node.storage.records());
        var snapshotter = ports.over(Snapshotter.class, node.storage.snapshotter());
        var network = ports.over(PodNetwork.class, node.network);
        var host = new Host(
                ports.over(PodNamespaces.class, node.host.namespaces()),
                ports.over(PodFiles.class, node.host.files()),
                ports.over(PodCgroup.class, node.host.cgroup()),
                node.host.facts());
        operations = new Operations(clock);
        inventory = new Inventory(records);
        images = new Images(records);
        var exits = new ExitRecorder(inventory, locks, clock, tasks);
        var memory = new MemoryRuntimeHandler(node.processes, exits, clock, node.missing);
        RuntimeHandler handler = new CountedHandler(
                ports.over(Sandboxes.class, memory.sandboxes()),
                ports.over(Containers.class, memory.containers()),
                ports.over(Execs.class, memory.execs()),
                memory.missingFeatures());
        var handlers = new Handlers(
                HandlerTable.of(
                        "memory",
                        handlerInstalled
                                ? List.of(new ConfiguredHandler(BINDING, () -> new Availability.Available("1"), clock))
                                : List.of()),
                _ -> handlerInstalled ? Optional.of(handler) : Optional.empty());
        var resources = new SandboxResources(inventory, handlers, network, host, clock);
        var collector = new LayerCollector(images, snapshotter);
        var ids = new Ids();
        var specs = new ContainerSpecs(host, node.storage.rootFiles(), inventory, handlers);
        recoverNode = new RecoverNode(inventory, images, handlers, host, network, snapshotter, collector, clock);
        runPodSandbox = new RunPodSandbox(operations, inventory, handlers, host, network, resources, locks, ids, clock);
        stopContainer = new StopContainer(operations, inventory, handlers, locks, exits, clock, patience);
        removeContainer =
                new RemoveContainer(operations, inventory, handlers, snapshotter, stopContainer, locks, clock);
        stopPodSandbox = new StopPodSandbox(operations, inventory, locks, stopContainer, resources, tasks);
        removePodSandbox =
                new RemovePodSandbox(operations, inventory, locks, stopPodSandbox, removeContainer, resources, tasks);
        createContainer =
                new CreateContainer(operations, inventory, handlers, images, snapshotter, specs, locks, ids, clock);
        startContainer = new StartContainer(operations, inventory, handlers, locks, clock);
        execSync = new ExecSync(inventory, handlers);
        reopenContainerLog = new ReopenContainerLog(inventory, handlers);
        stats = new Stats(inventory, handlers, snapshotter, host, tasks);
        pullImage = new PullImage(
                operations,
                images,
                ports.over(ImageRegistry.class, node.registry),
                snapshotter,
                node.storage.imageConfigs(),
                collector,
                tasks,
                TestNode.PLATFORM,
                clock,
                3);
        removeImage = new RemoveImage(images, collector);
    }

    /** Runs a pod by the default handler. */
    public PodSandboxId pod(PodSandboxConfig config) throws InterruptedException {
        return runPodSandbox.run(config, "");
    }

    public ContainerId created(PodSandboxId pod, ContainerConfig config) throws InterruptedException {
        return createContainer.create(pod.value(), config);
    }

    /** Created and started. */
    public ContainerId running(PodSandboxId pod, ContainerConfig config) throws InterruptedException {
        ContainerId id = created(pod, config);
        startContainer.start(id.value());
        return id;
    }

    /** Started, and ended by itself. */
    public ContainerId exited(PodSandboxId pod, String name, int code) throws InterruptedException {
        ContainerId id = running(pod, Requests.container(name, "exit", String.valueOf(code)));
        await(id, ContainerState.Exited.class);
        return id;
    }

    /** Waits for a state that another thread brings about. */
    public void await(ContainerId id, Class<? extends ContainerState> state) throws InterruptedException {
        if (!inventory.await(id, c -> state.isInstance(c.state()), PATIENCE)) {
            throw new AssertionError(id + " is " + state(id) + " and not " + state.getSimpleName());
        }
    }

    /** Waits until the end of its sandbox container is recorded. */
    public void awaitNotReady(PodSandboxId id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (inventory.sandbox(id.value()).isReady()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(id + " is still Ready");
            }
            Thread.onSpinWait();
        }
    }

    public ContainerState state(ContainerId id) {
        return inventory.container(id.value()).state();
    }

    public SandboxState state(PodSandboxId id) {
        return inventory.sandbox(id.value()).state();
    }

    /** Removes every pod and container, as a kubelet that has no pods does. */
    public void removeAll() throws InterruptedException {
        for (var pod : inventory.sandboxes()) {
            removePodSandbox.remove(pod.id().value());
        }
        for (Container container : inventory.containers()) {
            removeContainer.remove(container.id().value());
        }
    }
}
