package io.carafe.assembly.discovery;

import io.carafe.application.status.AdapterProblem;
import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationProblem;
import io.carafe.assembly.config.Origin;
import io.carafe.ports.host.HostProvider;
import io.carafe.ports.image.ImageRegistryProvider;
import io.carafe.ports.image.StorageProvider;
import io.carafe.ports.network.PodNetworkProvider;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All providers there are, of ours and of vendors, and what could not be used. Immutable. */
public record ProviderCatalog(
        Providers<RuntimeHandlerProvider> handlers,
        Providers<PodNetworkProvider> networks,
        Providers<ImageRegistryProvider> registries,
        Providers<StorageProvider> storages,
        Providers<HostProvider> hosts,
        List<AdapterProblem> problems) {
    public ProviderCatalog {
        problems = List.copyOf(problems);
    }

    /** The digests of all JARs of vendors that one of these came from. */
    public Set<String> vendorDigests() {
        return Stream.of(handlers, networks, registries, storages, hosts)
                .flatMap(providers -> providers.found().stream())
                .filter(Provider::isVendors)
                .map(Provider::digest)
                .collect(Collectors.toSet());
    }

    /** The digests of the JARs of those backends that there is one each of. */
    public Map<String, String> digestsOf(Configuration configuration) {
        Map<String, Providers<?>> providers =
                Map.of("network", networks, "registry", registries, "storage", storages, "host", hosts);
        Map<String, String> digests = new TreeMap<>();
        configuration
                .singleBackends()
                .forEach((section, settings) -> Optional.ofNullable(providers.get(section))
                        .flatMap(kind -> kind.find(settings.provider()))
                        .ifPresent(provider -> digests.put(section, provider.digest())));
        return digests;
    }

    /**
     * What in a configuration these providers refuse: options that the section's provider does not know, values that it takes on no
     * host, and a missing provider where the daemon cannot do without. A handler without its provider is no problem here: it is
     * listed with the reason.
     */
    public List<ConfigurationProblem> problemsOf(Configuration configuration) {
        List<ConfigurationProblem> found = new ArrayList<>();
        configuration.handlers().values().forEach(settings -> found.addAll(wrongOptions(settings, handlers)));
        found.addAll(required(configuration.network(), networks));
        found.addAll(required(configuration.registry(), registries));
        found.addAll(required(configuration.storage(), storages));
        found.addAll(required(configuration.host(), hosts(configuration)));
        return found;
    }

    /**
     * The sections that the daemon cannot start without and that cannot be served here, each with the reason; not those that
     * {@link #problemsOf} has something to say of.
     */
    public List<String> unservedOf(Configuration configuration) {
        return Stream.of(
                        unservedThough(configuration.network(), networks),
                        unservedThough(configuration.registry(), registries),
                        unservedThough(configuration.storage(), storages),
                        unservedThough(configuration.host(), hosts(configuration)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> unservedThough(BackendSettings settings, Providers<?> providers) {
        return required(settings, providers).isEmpty() ? unserved(settings, providers) : Optional.empty();
    }

    /** The handlers that cannot be used here, each with the reason; not those that {@link #problemsOf} has something to say of. */
    public List<String> missingHandlersOf(Configuration configuration) {
        List<String> found = new ArrayList<>();
        configuration.handlers().forEach((name, settings) -> {
            if (wrongOptions(settings, handlers).isEmpty()
                    && handlers.availability(settings.provider(), settings.options())
                            instanceof Availability.Missing(String reason)) {
                found.add("handler '" + name + "' cannot be used: " + reason);
            }
        });
        return found;
    }

    /** Why a section cannot be served here. */
    public static Optional<String> unserved(BackendSettings settings, Providers<?> providers) {
        return providers.availability(settings.provider(), settings.options())
                        instanceof Availability.Missing(String reason)
                ? Optional.of("[" + settings.section() + "] cannot be served: " + reason)
                : Optional.empty();
    }

    /** With the driver that their options must fit. */
    private Providers<HostProvider> hosts(Configuration configuration) {
        Map<String, Provider<HostProvider>> usable = new TreeMap<>();
        hosts.usable()
                .forEach((name, provider) -> usable.put(
                        name,
                        provider.answering(
                                (service, options) -> service.availability(options, configuration.cgroupDriver()))));
        return new Providers<>(hosts.kind(), usable, hosts.refused(), hosts.found());
    }

    private static List<ConfigurationProblem> required(BackendSettings settings, Providers<?> providers) {
        if (providers.find(settings.provider()).isEmpty()) {
            return List.of(new ConfigurationProblem(
                    settings.origin(),
                    settings.section() + ".provider",
                    "'" + settings.section() + ".provider' is '" + settings.provider() + "', but the "
                            + providers.kind() + " providers that can be used are "
                            + providers.usable().keySet()));
        }
        return wrongOptions(settings, providers);
    }

    private static List<ConfigurationProblem> wrongOptions(BackendSettings settings, Providers<?> providers) {
        List<ConfigurationProblem> found = new ArrayList<>(unknownOptions(settings, providers));
        providers
                .find(settings.provider())
                .ifPresent(provider -> refusals(settings, provider)
                        .forEach((why, origin) -> found.add(new ConfigurationProblem(
                                origin, settings.section(), "'" + settings.section() + "': " + why))));
        return found;
    }

    /** A provider names one option in its refusal: so it is asked again without that one, until it has nothing more to say. */
    private static Map<String, Origin> refusals(BackendSettings settings, Provider<?> provider) {
        Map<String, Origin> found = new LinkedHashMap<>();
        Map<String, String> left = new TreeMap<>(settings.options().values());
        left.keySet().retainAll(provider.optionNames());
        while (!left.isEmpty()) {
            Optional<String> refusal = provider.refusal(new Options(left));
            Optional<String> named = refusal.flatMap(why -> named(left.keySet(), why));
            if (refusal.isEmpty() || found.containsKey(refusal.get()) || (named.isEmpty() && !found.isEmpty())) {
                return found; // what lacks an option that was taken out is no fault of the file
            }
            found.put(
                    refusal.get(),
                    named.flatMap(option ->
                                    Optional.ofNullable(settings.optionOrigins().get(option)))
                            .orElse(settings.origin()));
            if (named.isEmpty()) {
                return found;
            }
            left.remove(named.get());
        }
        return found;
    }

    /** As {@code option NAME}, which is how {@link Options} says it; else one that stands there as a word. */
    private static Optional<String> named(Set<String> options, String refusal) {
        return options.stream()
                .filter(option -> hasWord(refusal, "option " + option))
                .findFirst()
                .or(() -> options.stream()
                        .filter(option -> hasWord(refusal, option))
                        .findFirst());
    }

    private static boolean hasWord(String text, String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                .matcher(text)
                .find();
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
        String key = settings.section() + "." + option;
        return new ConfigurationProblem(
                origin,
                key,
                "'" + key + "' is not an option of provider '" + provider.name() + "'; there are "
                        + new TreeSet<>(provider.optionNames()));
    }
}
