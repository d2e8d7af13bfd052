package io.carafe.assembly.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carafe.domain.sandbox.CgroupDriver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    @TempDir
    Path directory;

    @Test
    void missingDefaultFileMeansDefaults() throws Exception {
        Configuration configuration = ConfigurationFile.readIfThere(directory.resolve("config.toml"));

        assertThat(configuration.daemon().socket()).isEqualTo(Path.of("/run/carafe/carafe.sock"));
        assertThat(configuration.handlers()).containsOnlyKeys("crun", "kata", "runc", "runsc");
        assertThat(configuration.daemon().cgroupDriver()).isEmpty();
    }

    @Test
    void missingNamedFileIsRefused() {
        assertThat(problems(directory.resolve("config.toml")))
                .singleElement()
                .asString()
                .endsWith("config.toml: does not exist");
    }

    @Test
    void shippedFileSaysWhatTheDefaultsAre() throws Exception {
        Path shipped = shipped();

        Configuration stated = ConfigurationFile.read(shipped);
        Configuration silent = ConfigurationFile.readIfThere(directory.resolve("none.toml"));

        assertThat(stated.daemon()).isEqualTo(silent.daemon());
        assertThat(stated.images()).isEqualTo(silent.images());
        assertThat(stated.streaming()).isEqualTo(silent.streaming());
        assertThat(stated.defaultHandler()).isEqualTo(silent.defaultHandler());
        assertThat(stated.handlers().keySet()).isEqualTo(silent.handlers().keySet());
        stated.handlers().forEach((name, handler) -> {
            BackendSettings other = Objects.requireNonNull(silent.handlers().get(name));
            assertThat(handler.provider()).isEqualTo(other.provider());
            assertThat(handler.options()).isEqualTo(other.options());
        });
        stated.singleBackends()
                .forEach((name, backend) -> assertThat(backend.provider())
                        .isEqualTo(
                                Objects.requireNonNull(silent.singleBackends().get(name))
                                        .provider()));
    }

    @Test
    void everythingCanBeSet() throws Exception {
        Path file = write("config.toml", """
                default_handler = "fast"
                [daemon]
                root = "/a"
                run = "/b"
                cgroup_driver = "systemd"
                log_level = "debug"
                adapters = "/c"
                shutdown_seconds = 3
                [handlers.fast]
                provider = "runc"
                path = "/usr/bin/crun"
                systemd = true
                [network]
                provider = "cni"
                bin_dirs = ["/x", "/y"]
                [images]
                max_concurrent_layers = 7
                pinned = ["one", "two"]
                [streaming]
                address = "::1"
                port = 10250
                """);

        Configuration configuration = ConfigurationFile.read(file);

        assertThat(configuration.daemon())
                .isEqualTo(new DaemonSettings(
                        Path.of("/a"),
                        Path.of("/b"),
                        Path.of("/b/s"),
                        Path.of("/b/carafe.sock"),
                        Optional.of(CgroupDriver.SYSTEMD),
                        System.Logger.Level.DEBUG,
                        Optional.of(Path.of("/c")),
                        Duration.ofSeconds(3)));
        assertThat(configuration.defaultHandler()).isEqualTo("fast");
        assertThat(configuration.handlers()).containsOnlyKeys("fast");
        assertThat(configuration.handlers().firstEntry().getValue().options().values())
                .containsOnlyKeys("path", "systemd")
                .containsEntry("systemd", "true");
        assertThat(configuration.network().options().paths("bin_dirs", List.of()))
                .containsExactly(Path.of("/x"), Path.of("/y"));
        assertThat(configuration.images()).isEqualTo(new ImageSettings(7, List.of("one", "two")));
        assertThat(configuration.streaming())
                .isEqualTo(new StreamingSettings(
                        "::1",
                        10250,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofHours(4),
                        Duration.ofMinutes(1),
                        128));
    }

    @Test
    void dropInsAreLaidOverInTheOrderOfTheirNames() throws Exception {
        Path file = write("config.toml", "[daemon]\nroot = '/a'\nrun = '/b'\n[images]\npinned = ['old']\n");
        write("config.d/20-b.toml", "[daemon]\nroot = '/second'\n[images]\npinned = ['new']\n");
        write("config.d/10-a.toml", "[daemon]\nroot = '/first'\n");
        write("config.d/30-c.toml.bak", "this is no toml");

        Configuration configuration = ConfigurationFile.read(file);

        assertThat(configuration.daemon().root()).isEqualTo(Path.of("/second"));
        assertThat(configuration.daemon().run()).isEqualTo(Path.of("/b"));
        assertThat(configuration.images().pinned()).containsExactly("new");
    }

    @Test
    void allProblemsAreReportedAtOnceWithFileAndLine() throws Exception {
        Path file = write("config.toml", """
                default_handler = "nobody"
                colour = "red"
                [daemon]
                root = "relative"
                socket = 7
                log_level = "loud"
                shutdown_seconds = 301
                [images]
                pinned = [1]
                max_concurrent_layers = "many"
                """);
        Path dropIn = write("config.d/10.toml", "\n[daemon]\nsockett = '/x'\n[handlers.runc]\npath = '/x'\n");

        assertThat(problems(file))
                .map(problem -> problem.toString().replaceAll("; there are .*", ""))
                .containsExactlyInAnyOrder(
                        file + ":1: 'default_handler' is 'nobody', but there is no [handlers.nobody]",
                        file + ":2: 'colour' is not a key of the top of the file",
                        file + ":4: 'daemon.root' must be an absolute path, but is 'relative'",
                        file + ":5: 'daemon.socket' must be a string",
                        file + ":6: 'daemon.log_level' must be one of [debug, error, info, warning], but is 'loud'",
                        file + ":7: 'daemon.shutdown_seconds' must be between 0 and 300, but is 301",
                        file + ":9: 'images.pinned' must be an array of strings",
                        file + ":10: 'images.max_concurrent_layers' must be a whole number",
                        dropIn + ":3: 'daemon.sockett' is not a key of [daemon]",
                        dropIn
                                + ":4: 'handlers.runc.provider' is missing: it says who serves this handler, such as \"runc\"");
    }

    @Test
    void dropInThatNamesAHandlerTakesTheBuiltInOnesAwayAndSaysSo() throws Exception {
        Path dropIn = write("config.d/mine.toml", "[handlers.mine]\nprovider = 'mine'\n");

        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> ConfigurationFile.readIfThere(directory.resolve("config.toml")))
                        .problems())
                .singleElement()
                .asString()
                .isEqualTo(dropIn
                        + ": 'default_handler' is 'runc', but there is no [handlers.runc]: once any [handlers.*] is"
                        + " given, the built-in ones are gone; add it");
    }

    @Test
    void pinnedImageThatIsNoReferenceIsRefusedWithItsLine() throws Exception {
        Path file = write("config.toml", "[images]\npinned = ['good:1', 'BAD REF']\n");

        assertThat(problems(file))
                .singleElement()
                .asString()
                .startsWith(file + ":2: 'images.pinned'")
                .contains("BAD REF");
    }

    @Test
    void syntaxErrorsNameTheirLine() throws Exception {
        Path file = write("config.toml", "default_handler = \"runc\"\n[daemon\n");

        assertThat(problems(file))
                .first()
                .extracting(problem -> problem.origin().line())
                .isEqualTo(2);
    }

    @Test
    void optionsTakeNoTablesAndNoColonsInLists() throws Exception {
        Path file = write("config.toml", "[network]\nbin_dirs = ['/a:/b']\nwhen = 1979-05-27\n[network.deep]\nx = 1\n");

        assertThat(problems(file))
                .hasSize(3)
                .extracting(problem -> problem.origin().line())
                .containsOnly(2, 3, 4);
    }

    @Test
    void handlerNamesThatNoRuntimeClassCanHaveAreRefused() throws Exception {
        Path file = write("config.toml", "[handlers.runc]\nprovider='runc'\n[handlers.\"Not_ok\"]\nprovider='runc'\n");

        assertThat(problems(file))
                .singleElement()
                .asString()
                .contains(":4: 'handlers.Not_ok.provider' serves a handler");
    }

    @Test
    void pathsTooLongForSocketsAreRefused() throws Exception {
        Path file = write(
                "config.toml",
                "[daemon]\nrun = '/tmp/a/directory/that/is/not/short'\nsocket = '/" + "x".repeat(107) + "'\n");

        assertThat(problems(file))
                .map(ConfigurationProblem::toString)
                .anyMatch(text -> text.contains("'daemon.sockets' has 36 bytes"))
                .anyMatch(text -> text.contains("'daemon.socket' has 108 bytes"));
    }

    private static List<ConfigurationProblem> problems(Path file) {
        return catchThrowableOfType(ConfigurationException.class, () -> ConfigurationFile.read(file))
                .problems();
    }

    private Path shipped() throws IOException {
        try (InputStream in = Objects.requireNonNull(Configuration.class.getResourceAsStream("config.toml"))) {
            Path file = directory.resolve("shipped.toml");
            Files.copy(in, file);
            return file;
        }
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, content);
    }
}
