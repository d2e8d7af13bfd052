package io.carafe.assembly.discovery;

import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationProblem;
import io.carafe.assembly.config.Origin;
import io.carafe.ports.host.HostProvider;
import io.carafe.ports.image.ImageRegistryProvider;
import io.carafe.ports.image.StorageProvider;
import io.carafe.ports.network.PodNetworkProvider;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** All providers there are, of ours and of vendors, and what could not be used. Immutable. */
public record ProviderCatalog(
        Providers<RuntimeHandlerProvider> handlers,
        Providers<PodNetworkProvider> networks,
        Providers<ImageRegistryProvider> registries,
        Providers<StorageProvider> storages,
        Providers<HostProvider> hosts,
        List<DiscoveryProblem> problems) {
    public ProviderCatalog {
        problems = List.copyOf(problems);
    }

    /** @param adapters the directory of vendors' JARs; need not exist */
    public static ProviderCatalog discover(Path adapters) {
        List<DiscoveryProblem> problems = new ArrayList<>();
        var jars = AdapterJars.in(adapters, problems);
        return new ProviderCatalog(
                new ProviderSearch<>(ProviderKind.HANDLER, problems).search(jars),
                new ProviderSearch<>(ProviderKind.NETWORK, problems).search(jars),
                new ProviderSearch<>(ProviderKind.REGISTRY, problems).search(jars),
                new ProviderSearch<>(ProviderKind.STORAGE, problems).search(jars),
                new ProviderSearch<>(ProviderKind.HOST, problems).search(jars),
                problems);
    }

    /**
     * What in a configuration these providers refuse: options that the section's provider does not know, and a missing provider
     * where the daemon cannot do without. A handler without its provider is no problem here: it is listed with the reason.
     */
    public List<ConfigurationProblem> problemsOf(Configuration configuration) {
        List<ConfigurationProblem> found = new ArrayList<>();
        configuration.handlers().values().forEach(settings -> found.addAll(unknownOptions(settings, handlers)));
        found.addAll(required(configuration.network(), networks));
        found.addAll(required(configuration.registry(), registries));
        found.addAll(required(configuration.storage(), storages));
        found.addAll(required(configuration.host(), hosts));
        return found;
    }

    private static List<ConfigurationProblem> required(BackendSettings settings, Providers<?> providers) {
        if (providers.find(settings.provider()).isEmpty()) {
            return List.of(new ConfigurationProblem(
                    settings.origin(),
                    "'" + settings.section() + ".provider' is '" + settings.provider() + "', but the "
                            + providers.kind() + " providers that can be used are "
                            + providers.usable().keySet()));
        }
        return unknownOptions(settings, providers);
    }

    private static List<ConfigurationProblem> unknownOptions(BackendSettings settings, Providers<?> providers) {
        return providers.find(settings.provider()).stream()
                .flatMap(provider -> new TreeSet<>(settings.options().values().keySet())
                        .stream()
                                .filter(option -> !provider.optionNames().contains(option))
                                .map(option -> unknown(settings, option, provider)))
                .toList();
    }

    private static ConfigurationProblem unknown(BackendSettings settings, String option, Provider<?> provider) {
        Origin origin = settings.optionOrigins().getOrDefault(option, settings.origin());
        return new ConfigurationProblem(
                origin,
                "'" + settings.section() + "." + option + "' is not an option of provider '" + provider.name()
                        + "'; there are " + new TreeSet<>(provider.optionNames()));
    }
}
