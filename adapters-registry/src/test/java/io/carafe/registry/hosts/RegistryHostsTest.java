package io.carafe.registry.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryHostsTest {
    @TempDir
    Path directory;

    private void hosts(String root, String name, String server) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(root).resolve(name));
        Files.writeString(folder.resolve("hosts.toml"), "server = \"" + server + "\"\n");
    }

    private String first(String registry) {
        return new RegistryHosts(List.of(directory.resolve("one"), directory.resolve("two")))
                .of(registry)
                .getFirst()
                .toString();
    }

    @Test
    void withoutConfigurationItIsTheRegistryOverHttps() {
        assertThat(first("docker.io")).isEqualTo("https://registry-1.docker.io");
        assertThat(first("localhost:5000")).isEqualTo("https://localhost:5000");
    }

    @Test
    void directoriesAreTriedInOrder() throws IOException {
        hosts("two", "_default", "https://default");
        assertThat(first("reg.example:5000")).isEqualTo("https://default");
        hosts("two", "reg.example:5000", "https://colon");
        assertThat(first("reg.example:5000")).isEqualTo("https://colon");
        hosts("two", "reg.example_5000_", "https://underscores");
        assertThat(first("reg.example:5000")).isEqualTo("https://underscores");
        hosts("one", "_default", "https://earlier-root");
        assertThat(first("reg.example:5000")).isEqualTo("https://earlier-root");
        assertThat(RegistryHosts.directoryNames("[::1]:5000")).containsExactly("[::1]_5000_", "[::1]:5000", "_default");
        assertThat(RegistryHosts.directoryNames("[::1]")).containsExactly("[::1]", "_default");
    }

    @Test
    void dockersCertificateFilesAreTakenWithoutHostsToml() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("one/reg.example"));
        for (String name : List.of("ca.crt", "me.cert", "me.key", "readme")) {
            Files.writeString(folder.resolve(name), "");
        }
        RegistryHost host = new RegistryHosts(List.of(directory.resolve("one")))
                .of("reg.example")
                .getFirst();
        assertThat(host.tls())
                .isEqualTo(new TlsFiles(
                        List.of(folder.resolve("ca.crt")),
                        List.of(new ClientCertificate(folder.resolve("me.cert"), folder.resolve("me.key"))),
                        false));
    }
}
