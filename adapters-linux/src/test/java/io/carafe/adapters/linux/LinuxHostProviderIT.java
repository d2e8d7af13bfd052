package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.ports.host.HostProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LinuxHostProviderIT {
    @Test
    void isFoundByTheServiceLoaderAndAvailableToRoot() {
        assertThat(ServiceLoader.load(HostProvider.class)).singleElement().satisfies(provider -> {
            assertThat(provider.name()).isEqualTo("linux");
            assertThat(provider.availability(Options.NONE)).isInstanceOf(Availability.Available.class);
        });
    }
}
