package io.carafe.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.stream.StreamSet;
import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamingOptionsTest {
    @TempDir
    Path directory;

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
    void certificateThatIsNotThereIsNamed() {
        var options = with("127.0.0.1", Path.of("/no/such.crt"), Path.of("/no/such.key"));
        assertThatThrownBy(() -> StreamingServer.check(options))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("/no/such.crt does not exist");
    }

    @Test
    void certificateThatIsNoneIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("x.crt"), "no PEM");
        assertThatThrownBy(() -> StreamingServer.check(with("127.0.0.1", text, text)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(text + "")
                .hasMessageContaining("must be PEM");
    }

    @Test
    void addressOfAnotherHostIsRefusedWithWhatToDo() {
        // of TEST-NET-1, which is nobody's
        var options = new StreamingOptions("192.0.2.1", 10_010, Optional.empty(), Duration.ofSeconds(1));
        assertThatThrownBy(() -> StreamingServer.check(options))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("address 192.0.2.1, port 10010")
                .hasMessageContaining("an address of this host");
    }

    @Test
    void portInUseIsNoFaultOfTheOptionsButOfTheStart() throws Exception {
        try (TestNode node = TestNode.start()) {
            int taken =
                    node.exec(new StreamSet(false, true, false, false), "true").getPort();
            var options = new StreamingOptions("127.0.0.1", taken, Optional.empty(), Duration.ofSeconds(1));

            StreamingServer.check(options);
            assertThatThrownBy(() -> TestNode.start(options))
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining("port " + taken)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("a port that is free");
        }
    }

    private static StreamingOptions with(String address, Path certificate, Path key) {
        return new StreamingOptions(address, 0, Optional.of(new StreamingTls(certificate, key)), Duration.ofSeconds(1));
    }
}
