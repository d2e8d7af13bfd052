package io.carafe.assembly;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import io.carafe.application.container.Attach;
import io.carafe.application.container.ContainerSpecs;
import io.carafe.application.container.CreateContainer;
import io.carafe.application.container.Exec;
import io.carafe.application.container.ExecSync;
import io.carafe.application.container.ExitRecorder;
import io.carafe.application.container.RemoveContainer;
import io.carafe.application.container.ReopenContainerLog;
import io.carafe.application.container.SharedOutputBudget;
import io.carafe.application.container.StartContainer;
import io.carafe.application.container.StopContainer;
import io.carafe.application.handler.Handlers;
import io.carafe.application.image.ImageFsInfo;
import io.carafe.application.image.Images;
import io.carafe.application.image.LayerCollector;
import io.carafe.application.image.PinnedImages;
import io.carafe.application.image.PullImage;
import io.carafe.application.image.RemoveImage;
import io.carafe.application.inventory.Ids;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.journal.Operations;
import io.carafe.application.lock.KeyedLock;
import io.carafe.application.recovery.RecoverNode;
import io.carafe.application.sandbox.PortForward;
import io.carafe.application.sandbox.RemovePodSandbox;
import io.carafe.application.sandbox.RunPodSandbox;
import io.carafe.application.sandbox.SandboxResources;
import io.carafe.application.sandbox.StopPodSandbox;
import io.carafe.application.stats.Stats;
import io.carafe.application.status.RuntimeStatus;
import io.carafe.application.stream.ConnectionRelay;
import io.carafe.application.stream.ProcessRelay;
import io.carafe.application.stream.StreamTicket;
import io.carafe.application.stream.StreamTickets;
import io.carafe.application.task.Subtasks;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.daemon.Directories;
import io.carafe.assembly.log.LogOutput;
import io.carafe.assembly.reload.ConfigurationSource;
import io.carafe.assembly.reload.HandlerSource;
import io.carafe.assembly.reload.Reading;
import io.carafe.assembly.reload.Reload;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.grpc.ImageUseCases;
import io.carafe.grpc.RuntimeUseCases;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.StorageProvider.Storage;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.OutputBudget;
import io.carafe.ports.spi.Options;
import io.carafe.ports.spi.Tasks;
import io.carafe.streaming.StreamUseCases;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** The use cases and what they share. */
@Module(includes = BackendsModule.class)
interface UseCasesModule {
    /** Two commands whose output is as long as an answer may be, each twice while it is put together; -Xmx in bin/carafed fits it. */
    Bytes EXEC_OUTPUT = Bytes.ofMebibytes(64);

    /** For commands that are as quick as a probe to get out of the way. */
    Duration EXEC_OUTPUT_PATIENCE = Duration.ofSeconds(30);

    @Provides
    @Singleton
    static Subtasks subtasks() {
        return new Subtasks();
    }

    @Binds
    Tasks tasks(Subtasks subtasks);

    @Provides
    @Singleton
    static StreamUseCases streams(
            Configuration configuration, Inventory inventory, Handlers handlers, InstantSource clock, Tasks tasks) {
        var tickets = new StreamTickets(
                clock,
                configuration.streaming().ticketLifetime(),
                configuration.streaming().maxInFlight(),
                new Ids());
        var processes = new ProcessRelay(tasks);
        return new StreamUseCases(
                tickets,
                new Exec(inventory, handlers, tickets, processes),
                new Attach(inventory, handlers, tickets, processes),
                new PortForward(inventory, handlers, tickets, new ConnectionRelay(tasks)));
    }

    @Provides
    @Singleton
    static Operations operations(InstantSource clock) {
        return new Operations(clock);
    }

    @Provides
    @Singleton
    static Inventory inventory(Storage storage) {
        return new Inventory(storage.records());
    }

    @Provides
    @Singleton
    static Images images(Storage storage) {
        return new Images(storage.records());
    }

    @Provides
    @Singleton
    static KeyedLock locks() {
        return new KeyedLock();
    }

    @Provides
    @Singleton
    static ExitRecorder exits(Inventory inventory, KeyedLock locks, InstantSource clock, Tasks tasks) {
        return new ExitRecorder(inventory, locks, clock, tasks);
    }

    @Provides
    @Singleton
    static HandlerSource handlerSource(Reading started, ConfigurationSource source, InstantSource clock) {
        return new HandlerSource(started, source.adapters(), clock);
    }

    @Provides
    @Singleton
    static Handlers handlers(
            Reading started,
            HandlerSource source,
            Directories directories,
            InstantSource clock,
            Tasks tasks,
            CgroupDriver driver,
            ExitRecorder exits) {
        OutputBudget output = new SharedOutputBudget(EXEC_OUTPUT, EXEC_OUTPUT_PATIENCE);
        return new Handlers(
                source.table(started),
                binding -> source.find(binding)
                        .map(provider -> provider.create(new HandlerContext(
                                binding.name(),
                                directories.ofHandler(binding.name(), new Options(binding.options()), clock, tasks),
                                driver,
                                exits,
                                output))));
    }

    @Provides
    @Singleton
    static PinnedImages pinned(Reading started) {
        return new PinnedImages(Reload.pinnedBy(started));
    }

    @Provides
    @Singleton
    static Reload reload(
            ConfigurationSource source,
            Reading started,
            HandlerSource providers,
            Handlers handlers,
            PinnedImages pinned,
            Inventory inventory,
            LogOutput log) {
        return new Reload(source, started, providers, handlers, pinned, inventory, log::level);
    }

    @Provides
    @Singleton
    static SandboxResources resources(
            Inventory inventory, Handlers handlers, PodNetwork network, Host host, InstantSource clock) {
        return new SandboxResources(inventory, handlers, network, host, clock);
    }

    @Provides
    @Singleton
    static LayerCollector collector(Images images, Storage storage) {
        return new LayerCollector(images, storage.snapshotter());
    }

    @Provides
    @Singleton
    static RecoverNode recovery(
            Inventory inventory,
            Images images,
            Handlers handlers,
            Host host,
            PodNetwork network,
            Storage storage,
            LayerCollector collector,
            InstantSource clock) {
        return new RecoverNode(inventory, images, handlers, host, network, storage.snapshotter(), collector, clock);
    }

    @Provides
    @Singleton
    static RuntimeUseCases runtime(
            Configuration configuration,
            Reload reload,
            Operations operations,
            Inventory inventory,
            Images images,
            Handlers handlers,
            Host host,
            PodNetwork network,
            Storage storage,
            SandboxResources resources,
            KeyedLock locks,
            ImageRegistry registry,
            ExitRecorder exits,
            StreamUseCases streams,
            Function<StreamTicket, String> streamUrl,
            Tasks tasks,
            InstantSource clock) {
        var ids = new Ids();
        var stop = new StopContainer(operations, inventory, handlers, locks, exits, clock);
        var remove = new RemoveContainer(operations, inventory, handlers, storage.snapshotter(), stop, locks, clock);
        var stopSandbox = new StopPodSandbox(operations, inventory, locks, stop, resources, tasks);
        var specs = new ContainerSpecs(host, storage.rootFiles(), inventory, handlers);
        return new RuntimeUseCases(
                new RunPodSandbox(operations, inventory, handlers, host, network, resources, locks, ids, clock),
                stopSandbox,
                new RemovePodSandbox(operations, inventory, locks, stopSandbox, remove, resources, tasks),
                new CreateContainer(
                        operations, inventory, handlers, images, storage.snapshotter(), specs, locks, ids, clock),
                new StartContainer(operations, inventory, handlers, locks, clock),
                stop,
                remove,
                new ExecSync(inventory, handlers),
                streams.exec(),
                streams.attach(),
                streams.portForward(),
                streamUrl,
                new ReopenContainerLog(inventory, handlers),
                new Stats(inventory, handlers, storage.snapshotter(), host, tasks),
                new RuntimeStatus(
                        handlers,
                        network,
                        host.facts(),
                        storage.records(),
                        operations,
                        registry.problems(),
                        reload::status),
                inventory,
                images,
                Version.text(),
                configuration.daemon().root());
    }

    @Provides
    @Singleton
    static ImageUseCases imageUseCases(
            Configuration configuration,
            Operations operations,
            Images images,
            ImageRegistry registry,
            Storage storage,
            LayerCollector collector,
            Host host,
            Handlers handlers,
            PinnedImages pinned,
            Tasks tasks,
            InstantSource clock) {
        return new ImageUseCases(
                new PullImage(
                        operations,
                        images,
                        registry,
                        storage.snapshotter(),
                        storage.imageConfigs(),
                        collector,
                        tasks,
                        host.facts().platform(),
                        clock,
                        configuration.images().maxConcurrentLayers()),
                new RemoveImage(images, collector),
                images,
                pinned,
                new ImageFsInfo(storage.snapshotter()),
                handlers);
    }
}
