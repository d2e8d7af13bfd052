package io.carafe.assembly.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.status.AdapterProblem;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationFile;
import io.carafe.assembly.vendor.VendorBuild;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCatalogTest {
    @TempDir
    Path directory;

    private Path adapters;
    private VendorJar vendor;

    @BeforeEach
    void makeAdapters() throws Exception {
        adapters = Files.createDirectory(directory.resolve("adapters"));
        vendor = new VendorJar(Files.createDirectory(directory.resolve("work")));
    }

    @Test
    void missingDirectoryIsAnEmptyOne() {
        assertThat(Adapters.inPlace().discover(directory.resolve("none")).problems())
                .isEmpty();
    }

    @Test
    void handlerOfAJarIsFoundWithItsOptionsAndDigest() throws Exception {
        Path jar = vendor.handler(adapters.resolve("fast.jar"), "fast", "");

        ProviderCatalog catalog = Adapters.inPlace().discover(adapters);

        Provider<RuntimeHandlerProvider> found = catalog.handlers().find("fast").orElseThrow();
        assertThat(catalog.problems()).isEmpty();
        assertThat(found.source()).isEqualTo(jar.toString());
        assertThat(found.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(found.optionNames()).containsExactly("speed");
        assertThat(found.availability(Options.NONE)).isEqualTo(new Availability.Missing("no /usr/bin/vendor"));
    }

    @Test
    void providerThatThrowsInsteadOfAnsweringIsMissing() throws Exception {
        vendor.handler(adapters.resolve("fast.jar"), "fast", "");

        Availability answer = Adapters.inPlace()
                .discover(adapters)
                .handlers()
                .availability("fast", new Options(Map.of("speed", "true")));

        assertThat(answer).asString().contains("failed to answer", "too fast");
    }

    @Test
    void unknownProviderIsMissingAndTheOthersAreNamed() throws Exception {
        vendor.handler(adapters.resolve("fast.jar"), "fast", "");

        assertThat(Adapters.inPlace().discover(adapters).handlers().availability("slow", Options.NONE))
                .asString()
                .contains("no runtime handler provider 'slow' is installed", "fast");
    }

    @Test
    void jarSeesContractsAndNoLibraryOfOurs() throws Exception {
        vendor.handler(
                adapters.resolve("peeping.jar"),
                "peeping",
                "try { Class.forName(\"org.tomlj.Toml\"); } catch (ClassNotFoundException e) { return Set.of(\"hidden\"); }");

        Provider<RuntimeHandlerProvider> found =
                Adapters.inPlace().discover(adapters).handlers().find("peeping").orElseThrow();

        assertThat(found.optionNames()).containsExactly("hidden");
    }

    @Test
    void ofTwoProvidersWithOneNameNoneIsUsedAndBothAreListed() throws Exception {
        Path one = vendor.handler(adapters.resolve("one.jar"), "twin", "");
        Path two = vendor.handler(adapters.resolve("two.jar"), "twin", "");

        ProviderCatalog catalog = Adapters.inPlace().discover(adapters);

        assertThat(catalog.handlers().find("twin")).isEmpty();
        assertThat(catalog.handlers().availability("twin", Options.NONE))
                .asString()
                .contains("more than once");
        assertThat(catalog.problems())
                .extracting(AdapterProblem::where)
                .containsExactly(one.toString(), two.toString());
    }

    @Test
    void brokenJarsAreListedAndTheOthersWork() throws Exception {
        Files.writeString(adapters.resolve("a-text.jar"), "no zip");
        VendorBuild.jar(adapters.resolve("b-library.jar"), Map.of("a.txt", new byte[1]));
        VendorJar.services(adapters.resolve("c-empty.jar"), "vendor.NotThere");
        VendorJar.services(adapters.resolve("d-words.jar"), "two words");
        vendor.handler(
                adapters.resolve("e-throws.jar"), "throws", "if (true) throw new IllegalStateException(\"no\");");
        Files.createDirectory(adapters.resolve("f-directory.jar"));
        vendor.handler(adapters.resolve("g-good.jar"), "good", "");

        ProviderCatalog catalog = Adapters.inPlace().discover(adapters);

        assertThat(catalog.handlers().usable()).containsKey("good").doesNotContainKey("throws");
        assertThat(catalog.problems())
                .extracting(problem -> Path.of(problem.where()).getFileName() + "")
                .containsExactlyInAnyOrder(
                        "a-text.jar", "b-library.jar", "c-empty.jar", "d-words.jar", "e-throws.jar", "f-directory.jar");
    }

    @Test
    void optionsThatTheProviderDoesNotKnowAreRefusedWithTheirLine() throws Exception {
        vendor.handler(adapters.resolve("fast.jar"), "fast", "");
        Path file = Files.writeString(
                directory.resolve("config.toml"),
                "default_handler = 'fast'\n[handlers.fast]\nprovider = 'fast'\nspeed = true\nsped = true\n");
        Configuration configuration = ConfigurationFile.read(file);

        assertThat(Adapters.inPlace().discover(adapters).problemsOf(configuration))
                .map(Object::toString)
                .contains(file + ":5: 'handlers.fast.sped' is not an option of provider 'fast'; there are [speed]");
    }

    @Test
    void refusalIsLaidToTheOptionItNamesAndNotToOneThatItsWordsContain() throws Exception {
        Path file = Files.writeString(directory.resolve("config.toml"), """
                default_handler = "runsc"
                [handlers.runsc]
                provider = "gvisor"
                network = "host"
                platform = "network"
                """);

        assertThat(Adapters.inPlace().discover(adapters).problemsOf(ConfigurationFile.read(file)))
                .map(Object::toString)
                .singleElement()
                .asString()
                .startsWith(file + ":5: 'handlers.runsc'")
                .contains("option platform = 'network'");
    }

    @Test
    void valuesThatAProviderTakesNowhereAreRefusedWithTheirLine() throws Exception {
        Path file = Files.writeString(directory.resolve("config.toml"), """
                [daemon]
                cgroup_driver = "systemd"
                [handlers.runc]
                provider = "runc"
                path = "/usr/sbin/runc"
                no_pivot = "maybe"
                [network]
                max_conf = 0
                [registry]
                connect_timeout = "x"
                [host]
                cgroup_parent = "/carafe"
                """);

        assertThat(Adapters.inPlace().discover(adapters).problemsOf(ConfigurationFile.read(file)))
                .map(Object::toString)
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text)
                                .startsWith(file + ":6: 'handlers.runc'")
                                .contains("maybe"),
                        text -> assertThat(text)
                                .startsWith(file + ":8: 'network'")
                                .contains("max_conf = 0"),
                        text -> assertThat(text)
                                .startsWith(file + ":10: 'registry'")
                                .contains("connect_timeout"),
                        text -> assertThat(text)
                                .startsWith(file + ":12: 'host'")
                                .contains("systemd slice"));
    }

    @Test
    void allThatIsWrongInOneSectionIsFoundAtOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("config.toml"), """
                [network]
                max_conf = "many"
                plugin_timeout = "x"
                colour = "red"
                require_port_mappings = "maybe"
                """);

        assertThat(Adapters.inPlace().discover(adapters).problemsOf(ConfigurationFile.read(file)))
                .map(problem -> problem.toString().replaceAll(".*:(\\d): .*", "$1"))
                .containsExactlyInAnyOrder("2", "3", "4", "5");
    }

    @Test
    void whatHasAProblemIsNotNamedAgainAsMissing() throws Exception {
        Path file = Files.writeString(directory.resolve("config.toml"), """
                [handlers.runc]
                provider = "runc"
                no_pivot = "maybe"
                path = "/no/such/runc"
                [handlers.gone]
                provider = "nobody"
                [network]
                max_conf = 0
                """);
        Configuration configuration = ConfigurationFile.read(file);
        ProviderCatalog catalog = Adapters.inPlace().discover(adapters);

        assertThat(catalog.problemsOf(configuration)).hasSize(2);
        assertThat(catalog.unservedOf(configuration)).noneMatch(sentence -> sentence.contains("network"));
        assertThat(catalog.missingHandlersOf(configuration))
                .singleElement()
                .asString()
                .startsWith("handler 'gone' cannot be used: no runtime handler provider 'nobody'");
    }

    @Test
    void shippedConfigurationNamesEveryOptionOfEveryProvider() throws Exception {
        Map<String, Set<String>> named = optionsNamedIn(new String(
                Objects.requireNonNull(Configuration.class.getResourceAsStream("config.toml"))
                        .readAllBytes(),
                UTF_8));
        ProviderCatalog catalog = Adapters.inPlace().discover(adapters);

        Stream.of(catalog.handlers(), catalog.networks(), catalog.registries(), catalog.storages(), catalog.hosts())
                .flatMap(providers -> providers.usable().values().stream())
                .filter(provider -> !provider.name().equals("shim")) // is in no default handler
                .forEach(provider -> assertThat(named.getOrDefault(provider.name(), Set.of()))
                        .as("options of provider %s in config.toml", provider.name())
                        .containsExactlyInAnyOrderElementsOf(provider.optionNames()));
    }

    /** By provider; those that are commented out too. */
    private static Map<String, Set<String>> optionsNamedIn(String file) {
        Map<String, Set<String>> named = new TreeMap<>();
        String provider = "";
        for (String line : file.lines().toList()) {
            Matcher key = Pattern.compile("#?([a-z_]+) = (.*)").matcher(line);
            if (line.startsWith("[")) {
                provider = "";
            } else if (key.matches() && key.group(1).equals("provider")) {
                provider = key.group(2).replace("\"", "");
                named.computeIfAbsent(provider, _ -> new TreeSet<>());
            } else if (key.matches() && !provider.isEmpty()) {
                named.computeIfAbsent(provider, _ -> new TreeSet<>()).add(key.group(1));
            }
        }
        return named;
    }
}
