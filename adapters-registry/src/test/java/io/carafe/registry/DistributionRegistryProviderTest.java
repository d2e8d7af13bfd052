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
    void wrongOptionIsRefusedByItsName() {
        assertThat(provider.availability(Options.NONE)).isEqualTo(new Availability.Available(""));
        assertThatThrownBy(() -> provider.availability(new Options(Map.of("stall_timeout", "0"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessage("option stall_timeout must be at least one second");
        assertThatThrownBy(() -> provider.availability(new Options(Map.of("connect_timeout", "fast"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("connect_timeout");
    }

    @Test
    void proxyThatCannotBeUsedFailsPullsOnlyAndIsTold(@TempDir Path directory) {
        var environment = Map.of("HTTPS_PROXY", "socks5://proxy.example:1080");
        var registry = Registries.with(directory, new CertsDirectory(directory), Map.of(), environment);

        assertThat(registry.problems()).singleElement().asString().contains("HTTPS_PROXY", "socks5");
        assertThatThrownBy(() -> registry.resolve(
                        ImageReference.parse("reg.example/a"),
                        RegistryAuth.ANONYMOUS,
                        new Platform("linux", "amd64", "")))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageContaining("socks5");
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
