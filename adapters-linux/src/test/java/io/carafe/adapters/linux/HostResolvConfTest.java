package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostResolvConfTest {
    @TempDir
    Path directory;

    private Path usual;
    private Path behind;

    @BeforeEach
    void name() {
        usual = directory.resolve("resolv.conf");
        behind = directory.resolve("behind");
    }

    @Test
    void usualFileIsCopied() throws IOException {
        Files.writeString(usual, "nameserver 127.0.0.53\nnameserver 192.0.2.1\n");
        Files.writeString(behind, "nameserver 192.0.2.2\n");

        assertThat(read(Optional.empty())).isEqualTo("nameserver 127.0.0.53\nnameserver 192.0.2.1\n");
    }

    @Test
    void serversBehindALoopbackStubAreTaken() throws IOException {
        Files.writeString(usual, "search local\nnameserver 127.0.0.53\n");
        assertThat(read(Optional.empty())).contains("127.0.0.53");

        Files.writeString(behind, "nameserver 192.0.2.2\n");
        assertThat(read(Optional.empty())).isEqualTo("nameserver 192.0.2.2\n");
    }

    @Test
    void configuredFileWinsAndHostWithoutOneHasNone() throws IOException {
        assertThat(read(Optional.empty())).isEmpty();
        Path configured = Files.writeString(directory.resolve("mine"), "nameserver 127.0.0.1\n");
        assertThat(read(Optional.of(configured))).isEqualTo("nameserver 127.0.0.1\n");
    }

    private String read(Optional<Path> configured) throws IOException {
        return new HostResolvConf(configured, usual, behind).read();
    }
}
