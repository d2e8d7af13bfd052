package io.carafe.registry;

import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.tck.TckContexts;
import io.carafe.registry.fixture.CertsDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Registry clients as the provider makes them, but impatient. */
final class Registries {
    static final Retries IMPATIENT =
            new Retries(3, Duration.ofMillis(5), Duration.ofSeconds(2), Duration.ofSeconds(20));

    private Registries() {}

    static ImageRegistry with(Path directory, CertsDirectory certs) {
        return with(directory, certs, Map.of(), Map.of());
    }

    static ImageRegistry with(
            Path directory, CertsDirectory certs, Map<String, String> options, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(options);
        all.put("certs_d", certs.path().toString());
        return DistributionRegistryProvider.create(TckContexts.in(directory, all), environment, IMPATIENT);
    }
}
