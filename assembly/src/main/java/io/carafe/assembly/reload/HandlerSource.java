package io.carafe.assembly.reload;

import io.carafe.application.handler.ConfiguredHandler;
import io.carafe.application.handler.HandlerTable;
import io.carafe.assembly.config.BackendSettings;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.Provider;
import io.carafe.assembly.discovery.Providers;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.time.InstantSource;
import java.util.Optional;

/** Whom handlers come from: for new pods by the last reading, for old ones by what they were started with. Thread-safe. */
public final class HandlerSource {
    private static final System.Logger LOG = System.getLogger(HandlerSource.class.getName());

    private final Adapters adapters;
    private final InstantSource clock;
    private volatile Providers<RuntimeHandlerProvider> installed;

    public HandlerSource(Reading started, Adapters adapters, InstantSource clock) {
        this.installed = started.catalog().handlers();
        this.adapters = adapters;
        this.clock = clock;
    }

    /** Asks each handler whether it can work. */
    public HandlerTable table(Reading reading) {
        Providers<RuntimeHandlerProvider> providers = reading.catalog().handlers();
        return HandlerTable.of(
                reading.configuration().defaultHandler(),
                reading.configuration().handlers().entrySet().stream()
                        .map(entry -> configured(entry.getKey(), entry.getValue(), providers))
                        .toList());
    }

    private ConfiguredHandler configured(
            String name, BackendSettings settings, Providers<RuntimeHandlerProvider> providers) {
        String digest =
                providers.find(settings.provider()).map(Provider::digest).orElse("");
        var binding = new HandlerBinding(
                name, settings.provider(), digest, settings.options().values());
        return new ConfiguredHandler(
                binding, () -> providers.availability(settings.provider(), settings.options()), clock);
    }

    /** From now on by these, where a binding does not say it exactly. */
    public void install(Reading reading) {
        installed = reading.catalog().handlers();
    }

    /**
     * By the JAR that the binding names, whether it is still in the directory or not. Where that is gone too, as that of an earlier
     * Carafe is after each upgrade, by the provider of that name: ours before a vendor's that took its name.
     *
     * @throws Fault.Unavailable if only its JAR is left, and does not fit any more
     */
    public Optional<RuntimeHandlerProvider> find(HandlerBinding binding) {
        Providers<RuntimeHandlerProvider> now = installed;
        return now.findExactly(binding.provider(), binding.providerDigest())
                .or(() -> kept(binding, byName(now, binding)))
                .map(Provider::service);
    }

    private Optional<Provider<RuntimeHandlerProvider>> kept(
            HandlerBinding binding, Optional<Provider<RuntimeHandlerProvider>> otherwise) {
        Optional<Provider<RuntimeHandlerProvider>> kept;
        try {
            kept = adapters.kept(binding.providerDigest(), binding.provider());
        } catch (Fault.Unavailable e) {
            if (otherwise.isEmpty()) {
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "handler ''{0}'': {1}; its pods are served by {2}",
                    binding.name(),
                    e.getMessage(),
                    otherwise.get().source());
            return otherwise;
        }
        return kept.or(() -> otherwise);
    }

    private static Optional<Provider<RuntimeHandlerProvider>> byName(
            Providers<RuntimeHandlerProvider> providers, HandlerBinding binding) {
        return providers.find(binding.provider()).or(() -> providers.findOurs(binding.provider()));
    }
}
