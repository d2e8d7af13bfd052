package io.carafe.application.handler;

import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import java.util.Map;
import java.util.Optional;

/** A handler of the configuration: usable, or listed with the reason why not. */
public record ConfiguredHandler(HandlerBinding binding, Availability availability, Optional<RuntimeHandler> handler) {
    public String name() {
        return binding.name();
    }

    public boolean isUsable() {
        return handler.isPresent();
    }

    /** With the handler's own reasons; of one that cannot be used nothing is known. */
    public Map<RuntimeFeature, String> missingFeatures() {
        return handler.map(RuntimeHandler::missingFeatures).orElse(Map.of());
    }
}
