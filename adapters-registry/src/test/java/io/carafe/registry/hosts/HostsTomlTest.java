package io.carafe.registry.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTomlTest {
    @TempDir
    Path directory;

    private List<RegistryHost> read(String registry, String toml) throws IOException {
        return HostsToml.read(Files.writeString(directory.resolve("hosts.toml"), toml), registry);
    }

    @Test
    void mirrorsComeInTheOrderOfTheFileAndTheServerLast() throws IOException {
        List<RegistryHost> hosts = read("docker.io", """
                server = "https://registry-1.docker.io"

                [host."https://z.example.com"]
                  capabilities = ["pull"]
                [host."https://a.example.com:8443"]
                  capabilities = ["pull", "Resolve"]
                  ca = "mirror.crt"
                [host."m.example.com"]
                """);
        assertThat(hosts)
                .extracting(host -> host.root().toString())
                .containsExactly(
                        "https://z.example.com/v2",
                        "https://a.example.com:8443/v2",
                        "https://m.example.com/v2",
                        "https://registry-1.docker.io/v2");
        assertThat(hosts).extracting(RegistryHost::server).containsExactly(false, false, false, true);
        assertThat(hosts.get(0).capabilities()).isEqualTo(Set.of(Capability.PULL));
        assertThat(hosts.get(1).capabilities()).isEqualTo(Set.of(Capability.PULL, Capability.RESOLVE));
        assertThat(hosts.get(1).tls().authorities()).containsExactly(directory.resolve("mirror.crt"));
        assertThat(hosts.get(2).capabilities()).isEqualTo(RegistryHost.ALL);
    }

    @Test
    void withoutServerTheRegistryItselfIsLast() throws IOException {
        assertThat(read("docker.io", "[host.\"https://m\"]\n").getLast().root())
                .isEqualTo(URI.create("https://registry-1.docker.io/v2"));
        assertThat(read("reg.example:5000", "skip_verify = true\n"))
                .singleElement()
                .satisfies(host -> {
                    assertThat(host.root()).isEqualTo(URI.create("https://reg.example:5000/v2"));
                    assertThat(host.tls().skipVerify()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, false, https://h/v2",
        "https://h/, false, https://h/v2",
        "https://h/v2, false, https://h/v2",
        "https://h/v2/, false, https://h/v2",
        "https://h/v2/proxy, false, https://h/v2/proxy/v2",
        "https://h/v2/proxy, true, https://h/v2/proxy",
        "https://h, true, https://h",
        "http://h:5000, false, http://h:5000/v2",
        "h:5000, false, https://h:5000/v2",
        "https://docker.io, false, https://registry-1.docker.io/v2",
    })
    void apiPathIsAddedUnlessOverridden(String server, boolean override, String root) throws IOException {
        assertThat(read("h", "server = \"" + server + "\"\noverride_path = " + override + "\n"))
                .extracting(host -> host.root().toString())
                .containsExactly(root);
    }

    @Test
    void everyFieldIsRead() throws IOException {
        RegistryHost host = read("reg.example", """
                [host."https://m"]
                  ca = ["a.pem", "/b.pem"]
                  client = [["c.cert", "c.key"], ["d.pem", ""], "e.pem"]
                  dial_timeout = "1m1.5s"
                  proxy = "http://proxy:8080"
                  skip_verify = false
                  [host."https://m".header]
                    x-one = "1"
                    x-two = ["2", "3"]
                """).getFirst();
        assertThat(host.tls())
                .isEqualTo(new TlsFiles(
                        List.of(directory.resolve("a.pem"), Path.of("/b.pem")),
                        List.of(
                                new ClientCertificate(directory.resolve("c.cert"), directory.resolve("c.key")),
                                new ClientCertificate(directory.resolve("d.pem"), directory.resolve("d.pem")),
                                new ClientCertificate(directory.resolve("e.pem"), directory.resolve("e.pem"))),
                        false));
        assertThat(host.dialTimeout()).contains(Duration.ofMillis(61_500));
        assertThat(host.proxy()).contains(URI.create("http://proxy:8080"));
        assertThat(host.headers()).isEqualTo(Map.of("x-one", List.of("1"), "x-two", List.of("2", "3")));
    }

    @Test
    void httpWithTlsSettingsIsTwoHosts() throws IOException {
        assertThat(read("r", "[host.\"http://h:5000\"]\nskip_verify = true\n[host.\"http://p\"]\nskip_verify = true\n"))
                .extracting(host -> host.root().toString())
                .containsExactly("https://h:5000/v2", "http://h:5000/v2", "http://p/v2", "https://r/v2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server = 1 | hosts.toml:1: 'server' is not a string",
                "capabilities = [\"fly\"] | hosts.toml:1: 'fly' is not pull, resolve or push",
                "[host.\"ftp://x\"] | hosts.toml:1: 'ftp://x' is not a URL of the form",
                "server = \"https://user:pass@x\" | is not a URL of the form",
                "host = 3 | hosts.toml:1: 'host' is not a table",
                "skip_verify = \"yes\" | hosts.toml:1: 'skip_verify' is not true or false",
                "client = [[\"a\"]] | hosts.toml:1: 'client' has an entry",
                "dial_timeout = \"soon\" | hosts.toml:1: 'soon' is not a duration",
                "rewrite = 1 | hosts.toml:1: 'rewrite' is not a field of a host",
                "ca = [1] | hosts.toml:1: 'ca' is neither a string nor a list of strings",
                "header = 1 | hosts.toml:1: 'header' is not a table",
                "server = | hosts.toml:1: ",
            })
    void whatCannotBeUsedIsNamedWithItsLine(String toml, String message) {
        assertThatThrownBy(() -> read("r", toml))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("pass@");
    }
}
