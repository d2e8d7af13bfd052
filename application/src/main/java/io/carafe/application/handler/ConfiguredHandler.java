package io.carafe.application.handler;

import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import java.util.Optional;

/** A handler of the configuration: usable, or listed with the reason why not. */
public record ConfiguredHandler(HandlerBinding binding, Availability availability, Optional<RuntimeHandler> handler) {
    public String name() {
        return binding.name();
    }
}
