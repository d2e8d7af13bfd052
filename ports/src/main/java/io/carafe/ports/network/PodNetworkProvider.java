package io.carafe.ports.network;

import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import java.util.Set;

/** Makes the {@link PodNetwork}; see {@link io.carafe.ports.runtime.RuntimeHandlerProvider} for the rules. */
public interface PodNetworkProvider {
    String name();

    Set<String> optionNames();

    Availability availability(Options options);

    PodNetwork create(BackendContext context);
}
