package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.network.PodNetworkProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CniProviderTest {
    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(PodNetworkProvider.class))
                .extracting(PodNetworkProvider::name)
                .containsExactly("cni");
    }

    @Test
    void isAvailableAlsoBeforeAnyPluginIsInstalled() {
        var options = new Options(Map.of("conf_dir", "/nowhere", "bin_dirs", "/nowhere"));

        assertThat(new CniProvider().availability(options)).isEqualTo(new Availability.Available("CNI 1.1.0"));
    }

    @ParameterizedTest
    @CsvSource({"max_conf, 0", "max_conf, all", "plugin_timeout, 0", "plugin_timeout, 1m", "require_port_mappings, yes"
    })
    void wrongOptionIsRefusedByItsName(String name, String value) {
        var options = new Options(Map.of(name, value));

        assertThatThrownBy(() -> new CniProvider().availability(options))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(name);
    }

    @Test
    void defaultsAreThoseOfAKubernetesNode() {
        assertThat(CniOptions.from(Options.NONE))
                .isEqualTo(new CniOptions(
                        Path.of("/etc/cni/net.d"),
                        List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni")),
                        1,
                        Duration.ofSeconds(60),
                        true));
    }
}
