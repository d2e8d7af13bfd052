package io.carafe.cli.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.cli.outcome.CommandFault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class EndpointAddressTest {
    @Test
    void unixAddressAndPathMeanTheSameSocket() {
        assertThat(EndpointAddress.socket("unix:///run/x.sock")).isEqualTo(Path.of("/run/x.sock"));
        assertThat(EndpointAddress.socket("/run/x.sock")).isEqualTo(Path.of("/run/x.sock"));
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> EndpointAddress.socket("tcp://localhost:1"))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("tcp://localhost:1");
        assertThatThrownBy(() -> EndpointAddress.socket("relative.sock")).isInstanceOf(CommandFault.class);
    }
}
