package io.carafe.ports.image;

import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import java.util.Set;

/** Makes the {@link ImageRegistry}; see {@link io.carafe.ports.runtime.RuntimeHandlerProvider} for the rules. */
public interface ImageRegistryProvider {
    String name();

    Set<String> optionNames();

    Availability availability(Options options);

    ImageRegistry create(BackendContext context);
}
