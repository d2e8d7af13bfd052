package io.carafe.assembly.discovery;

import io.carafe.ports.host.HostProvider;
import io.carafe.ports.image.ImageRegistryProvider;
import io.carafe.ports.image.StorageProvider;
import io.carafe.ports.network.PodNetworkProvider;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What all provider interfaces have in common, so that all are found by the same rules. */
record ProviderKind<T>(
        String title,
        Class<T> type,
        Function<T, String> name,
        Function<T, Set<String>> optionNames,
        BiFunction<T, Options, Availability> availability) {

    static final ProviderKind<RuntimeHandlerProvider> HANDLER = new ProviderKind<>(
            "runtime handler",
            RuntimeHandlerProvider.class,
            RuntimeHandlerProvider::name,
            RuntimeHandlerProvider::optionNames,
            RuntimeHandlerProvider::availability);
    static final ProviderKind<PodNetworkProvider> NETWORK = new ProviderKind<>(
            "network",
            PodNetworkProvider.class,
            PodNetworkProvider::name,
            PodNetworkProvider::optionNames,
            PodNetworkProvider::availability);
    static final ProviderKind<ImageRegistryProvider> REGISTRY = new ProviderKind<>(
            "registry",
            ImageRegistryProvider.class,
            ImageRegistryProvider::name,
            ImageRegistryProvider::optionNames,
            ImageRegistryProvider::availability);
    static final ProviderKind<StorageProvider> STORAGE = new ProviderKind<>(
            "storage",
            StorageProvider.class,
            StorageProvider::name,
            StorageProvider::optionNames,
            StorageProvider::availability);
    static final ProviderKind<HostProvider> HOST = new ProviderKind<>(
            "host", HostProvider.class, HostProvider::name, HostProvider::optionNames, HostProvider::availability);
}
