package io.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import io.carafe.ports.image.ImageRegistryProvider;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import io.carafe.registry.fixture.CertsDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionRegistryProviderTest {
    private final ImageRegistryProvider provider = new DistributionRegistryProvider();

    @Test
    void serviceLoaderFindsIt() {
        assertThat(ServiceLoader.load(ImageRegistryProvider.class))
                .singleElement()
                .satisfies(found -> assertThat(found.name()).isEqualTo("distribution"));
        assertThat(provider.optionNames()).containsExactlyInAnyOrder("certs_d", "connect_timeout", "stall_timeout");
    }

    @Test
    void wrongOptionIsMissingWithItsReason() {
        assertThat(provider.availability(Options.NONE)).isEqualTo(new Availability.Available(""));
        assertThat(provider.availability(new Options(Map.of("stall_timeout", "0"))))
                .isEqualTo(new Availability.Missing("option stall_timeout must be at least one second"));
        assertThat(provider.availability(new Options(Map.of("connect_timeout", "fast"))))
                .isInstanceOf(Availability.Missing.class);
    }

    @Test
    void registryWhoseHostsMayNotResolveIsAWrongState(@TempDir Path directory) {
        CertsDirectory certs = new CertsDirectory(directory)
                .with("reg.example", "server = \"http://127.0.0.1:1\"\ncapabilities = [\"push\"]\n");
        assertThatThrownBy(() -> Registries.with(directory, certs)
                        .resolve(
                                ImageReference.parse("reg.example/a"),
                                RegistryAuth.ANONYMOUS,
                                new Platform("linux", "amd64", "")))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining("capabilities");
    }
}
