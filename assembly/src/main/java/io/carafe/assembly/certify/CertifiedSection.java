package io.carafe.assembly.certify;

import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.config.ConfigurationFile;
import io.carafe.assembly.config.Origin;
import io.carafe.assembly.discovery.Provider;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** The section of the configuration whose handler is certified, and its provider. */
record CertifiedSection(BackendSettings settings, Provider<RuntimeHandlerProvider> provider) {
    /** @throws Refusal if there is no such section, it is wrong, or its provider cannot work here */
    static CertifiedSection choose(CertifyOptions options, CandidateProviders candidates) throws Refusal {
        BackendSettings settings = section(options, candidates);
        Optional<Provider<RuntimeHandlerProvider>> provider =
                candidates.providers().find(settings.provider());
        if (provider.isEmpty() || !candidates.names().contains(settings.provider())) {
            throw new Refusal(settings.origin() + ": [" + settings.section() + "] names the provider '"
                    + settings.provider() + "', but the JAR has " + candidates.names());
        }
        var chosen = new CertifiedSection(settings, provider.get());
        chosen.check();
        return chosen;
    }

    private static BackendSettings section(CertifyOptions options, CandidateProviders candidates) throws Refusal {
        SortedMap<String, BackendSettings> sections;
        try {
            sections = ConfigurationFile.readHandlers(options.config());
        } catch (ConfigurationException e) {
            throw new Refusal(e.report());
        }
        if (options.handler().isPresent()) {
            String name = options.handler().get();
            return Optional.ofNullable(sections.get(name))
                    .orElseThrow(() -> new Refusal(options.config() + ": there is no [handlers." + name
                            + "]; there are " + sections.keySet()));
        }
        List<Map.Entry<String, BackendSettings>> fitting = sections.entrySet().stream()
                .filter(entry -> candidates.names().contains(entry.getValue().provider()))
                .toList();
        if (fitting.size() != 1) {
            throw new Refusal(options.config() + ": "
                    + (fitting.isEmpty()
                            ? "no [handlers.NAME] has one of the providers " + candidates.names()
                            : "several handlers fit, "
                                    + fitting.stream().map(Map.Entry::getKey).toList()
                                    + ": choose one by --handler"));
        }
        return fitting.getFirst().getValue();
    }

    private void check() throws Refusal {
        for (String option : new TreeSet<>(settings.options().values().keySet())) {
            if (!provider.optionNames().contains(option)) {
                Origin origin = settings.optionOrigins().getOrDefault(option, settings.origin());
                throw new Refusal(origin + ": '" + settings.section() + "." + option
                        + "' is not an option of provider '" + provider.name() + "'; there are "
                        + new TreeSet<>(provider.optionNames()));
            }
        }
        Optional<String> refused = provider.refusal(settings.options());
        if (refused.isPresent()) {
            throw new Refusal(settings.origin() + ": [" + settings.section() + "]: " + refused.get());
        }
        if (provider.availability(settings.options()) instanceof Availability.Missing(String reason)) {
            throw new Refusal("[" + settings.section() + "] cannot be served here: " + reason);
        }
    }
}
