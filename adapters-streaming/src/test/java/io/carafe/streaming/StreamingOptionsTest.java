package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingOptionsTest {
    @Test
    void defaultIsLoopbackOnAnyPort() {
        assertThat(StreamingOptions.DEFAULTS.address()).isEqualTo("127.0.0.1");
        assertThat(StreamingOptions.DEFAULTS.port()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"localhost, 0, 60, 'localhost'", "::1, 70000, 60, 70000", "::1, 10250, 0, idle timeout"})
    void wrongValueIsNamed(String address, int port, long idleSeconds, String named) {
        assertThatThrownBy(() -> new StreamingOptions(address, port, Optional.empty(), Duration.ofSeconds(idleSeconds)))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(named);
    }

    @Test
    void certificateThatCannotBeReadIsNamed() {
        var tls = new StreamingTls(Path.of("/no/such.crt"), Path.of("/no/such.key"));
        assertThatThrownBy(tls::context).isInstanceOf(Fault.Unavailable.class).hasMessageContaining("/no/such.crt");
    }
}
