package io.carafe.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.assembly.ConfigCommands.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private Path standard;

    @BeforeEach
    void nameTheDefaultFile() {
        standard = directory.resolve("etc/config.toml");
    }

    @Test
    void defaultFileThatIsNotThereIsSaidToBeMissing() {
        check(Optional.empty());

        assertThat(out()).isNotEqualTo(standard + " is good\n");
        assertThat(out() + err()).doesNotContain(standard + ": ");
        if (!err().contains("cannot start here")) { // of whoever may not make namespaces, more is not said
            assertThat(out()).startsWith(standard + " does not exist: carafed runs with what is built in");
        }
    }

    @Test
    void dropInsOfADefaultFileThatIsNotThereAreChecked() throws IOException {
        Path dropIn = write("etc/config.d/10.toml", "[daemon]\nrooot = '/x'\n");

        assertThat(check(Optional.empty())).isEqualTo(Verdict.WRONG);
        assertThat(err()).contains(dropIn + ":2: 'daemon.rooot'");
    }

    @Test
    void namedFileThatIsNotThereIsWrongAndNothingElseIsSaid() {
        Path none = directory.resolve("none.toml");

        assertThat(check(Optional.of(none))).isEqualTo(Verdict.WRONG);
        assertThat(err()).isEqualTo(none + ": does not exist\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void whatFileProvidersAndHostSayIsSaidAtOnce() throws IOException {
        Path taken = write("taken", "a file where a directory would be made");
        Path conf = Files.createDirectory(directory.resolve("net.d"));
        write("net.d/10.conflist", "no JSON");
        Path file = write("config.toml", """
                [daemon]
                rooot = "/x"
                root = "%1$s/root"
                socket = "/no/such/directory/carafe.sock"
                [network]
                colour = "red"
                conf_dir = "%2$s"
                [registry]
                connect_timeout = "x"
                [handlers.runc]
                provider = "runc"
                path = "/no/such/runc"
                [streaming]
                address = "192.0.2.1"
                tls_certificate = "/no/such.crt"
                tls_key = "/no/such.key"
                """.formatted(taken, conf));

        assertThat(check(Optional.of(file))).isEqualTo(Verdict.WRONG);
        assertThat(err())
                .contains(file + ":2: 'daemon.rooot'", file + ":6: 'network.colour'", file + ":9: 'registry'")
                .contains("carafed cannot start here: cannot make " + taken + "/root: " + taken + " is no directory")
                .contains(
                        "carafed cannot start here: serve CRI on /no/such/directory/carafe.sock: its directory does not exist")
                .contains("carafed cannot start here: serve streams with TLS: /no/such.crt does not exist")
                .contains("warning: handler 'runc' cannot be used: ", "/no/such/runc")
                .contains("warning: pods would have no network: ", conf + "/10.conflist");
    }

    @Test
    void valueThatIsWrongInItselfIsToldOnceAndNotJudgedByItsDefault() throws IOException {
        Path file = write("config.toml", """
                [daemon]
                root = "var/lib/carafe"
                run = 7
                socket = "carafe.sock"
                [streaming]
                address = "node.example"
                """);

        assertThat(check(Optional.of(file))).isEqualTo(Verdict.WRONG);
        assertThat(err())
                .containsOnlyOnce("'daemon.root' must be an absolute path")
                .containsOnlyOnce("'daemon.run' must be a string")
                .containsOnlyOnce("'daemon.socket' must be an absolute path")
                .containsOnlyOnce("node.example")
                .doesNotContain("cannot make", "serve CRI on", "serve streams", "/var/lib/carafe ");
    }

    @Test
    void socketThatIsADirectoryIsFound() throws IOException {
        Path file = write("config.toml", "[daemon]\nsocket = '%s'\n".formatted(directory));

        check(Optional.of(file));

        assertThat(err())
                .contains("carafed cannot start here: serve CRI on " + directory + ": what is there is no socket");
    }

    @Test
    void networksOfADirectoryThatIsNotThereAreAWarning() throws IOException {
        Path file = write("config.toml", "[network]\nconf_dir = '%s/none'\n".formatted(directory));

        check(Optional.of(file));

        assertThat(err())
                .contains("warning: pods would have no network: no network configuration in " + directory + "/none");
    }

    private Verdict check(Optional<Path> file) {
        return new ConfigCommands(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), standard)
                .check(file);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, content);
    }
}
