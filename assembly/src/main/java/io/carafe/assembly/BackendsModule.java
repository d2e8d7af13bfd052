package io.carafe.assembly;

import dagger.Module;
import dagger.Provides;
import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.daemon.Directories;
import io.carafe.assembly.discovery.Provider;
import io.carafe.assembly.discovery.ProviderCatalog;
import io.carafe.assembly.discovery.Providers;
import io.carafe.assembly.reload.Reading;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.host.HostFacts;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.host.PodCgroup;
import io.carafe.ports.host.PodFiles;
import io.carafe.ports.host.PodNamespaces;
import io.carafe.ports.image.ImageConfigs;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RootFiles;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.image.StorageProvider.Storage;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Tasks;
import io.carafe.ports.store.RecordStore;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The ports that the daemon has one each of, made by the providers that the configuration names. */
@Module
interface BackendsModule {
    @Provides
    @Singleton
    static InstantSource clock() {
        return InstantSource.system();
    }

    /** As it was at the start: what a reload takes up is asked of who takes it up. */
    @Provides
    static Configuration configuration(Reading started) {
        return started.configuration();
    }

    @Provides
    static ProviderCatalog catalog(Reading started) {
        return started.catalog();
    }

    @Provides
    @Singleton
    static CgroupDriver cgroupDriver(Configuration configuration) {
        return configuration.cgroupDriver();
    }

    @Provides
    @Singleton
    static Host host(
            Configuration configuration,
            ProviderCatalog catalog,
            Directories directories,
            InstantSource clock,
            Tasks tasks,
            CgroupDriver driver) {
        BackendSettings settings = configuration.host();
        return usable(catalog.hosts(), settings).service().create(context(settings, directories, clock, tasks), driver);
    }

    @Provides
    static PodNamespaces namespaces(Host host) {
        return host.namespaces();
    }

    @Provides
    static PodFiles podFiles(Host host) {
        return host.files();
    }

    @Provides
    static PodCgroup podCgroup(Host host) {
        return host.cgroup();
    }

    @Provides
    static HostFacts facts(Host host) {
        return host.facts();
    }

    @Provides
    @Singleton
    static Storage storage(
            Configuration configuration,
            ProviderCatalog catalog,
            Directories directories,
            InstantSource clock,
            Tasks tasks) {
        BackendSettings settings = configuration.storage();
        return usable(catalog.storages(), settings).service().create(context(settings, directories, clock, tasks));
    }

    @Provides
    static Snapshotter snapshotter(Storage storage) {
        return storage.snapshotter();
    }

    @Provides
    static RootFiles rootFiles(Storage storage) {
        return storage.rootFiles();
    }

    @Provides
    static ImageConfigs imageConfigs(Storage storage) {
        return storage.imageConfigs();
    }

    @Provides
    static RecordStore records(Storage storage) {
        return storage.records();
    }

    @Provides
    @Singleton
    static ImageRegistry registry(
            Configuration configuration,
            ProviderCatalog catalog,
            Directories directories,
            InstantSource clock,
            Tasks tasks) {
        BackendSettings settings = configuration.registry();
        return usable(catalog.registries(), settings).service().create(context(settings, directories, clock, tasks));
    }

    @Provides
    @Singleton
    static PodNetwork network(
            Configuration configuration,
            ProviderCatalog catalog,
            Directories directories,
            InstantSource clock,
            Tasks tasks) {
        BackendSettings settings = configuration.network();
        return usable(catalog.networks(), settings).service().create(context(settings, directories, clock, tasks));
    }

    private static BackendContext context(
            BackendSettings settings, Directories directories, InstantSource clock, Tasks tasks) {
        return directories.ofSection(settings.section(), settings.options(), clock, tasks);
    }

    /** @throws Fault.Unavailable if it cannot work here: the daemon cannot do without it */
    private static <T> Provider<T> usable(Providers<T> providers, BackendSettings settings) {
        ProviderCatalog.unserved(settings, providers).ifPresent(sentence -> {
            throw new Fault.Unavailable(sentence);
        });
        return providers.find(settings.provider()).orElseThrow();
    }
}
