package io.carafe.assembly.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be certified is said in a sentence, before anything is run. */
class CarafeCertifyTest {
    @TempDir
    Path directory;

    @Test
    void helpIsPrinted() throws Exception {
        var out = new ByteArrayOutputStream();

        assertThat(CarafeCertify.run(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, List.of("--help")))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: carafe-certify [--jar JAR] --config");
    }

    @Test
    void wrongCommandLineIsRefused() throws Exception {
        assertThat(refusal("--colour", "red")).contains("'--colour' is not understood here");
        assertThat(refusal("--jar")).contains("--jar wants a value");
        assertThat(refusal("--jar", "x.jar")).contains("--config is missing");
        assertThat(refusal("--config", "x", "--focus", "(")).contains("--focus '(' is no regular expression");
    }

    @Test
    void missingJarIsRefused() throws Exception {
        assertThat(refusal("--jar", "/no/such.jar", "--config", config("")))
                .isEqualTo("carafe-certify: --jar /no/such.jar: there is no such file\n");
    }

    @Test
    void fileThatTheDaemonWouldNotLookAtIsRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("handler.zip"));

        assertThat(refusal("--jar", file.toString(), "--config", config("")))
                .contains(file.toString(), "does not end with .jar");
    }

    @Test
    void fileThatIsNoJarIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("handler.jar"), "no JAR");

        assertThat(refusal("--jar", file.toString(), "--config", config("")))
                .contains(file + ": is not a readable JAR");
    }

    @Test
    void jarWithoutAProviderIsRefused() throws Exception {
        Path jar = jar("some/file.txt", "text");

        assertThat(refusal("--jar", jar.toString(), "--config", config("")))
                .contains(jar + ": names no provider of ours in META-INF/services");
    }

    @Test
    void jarWhoseProviderCannotBeLoadedIsRefused() throws Exception {
        Path jar = jar("META-INF/services/io.carafe.ports.runtime.RuntimeHandlerProvider", "vendor.Missing");

        assertThat(refusal("--jar", jar.toString(), "--config", config("")))
                .contains(jar + ": a runtime handler provider cannot be used", "vendor.Missing");
    }

    @Test
    void jarWithAnotherKindOfProviderIsRefused() throws Exception {
        Path jar = jar("META-INF/services/io.carafe.ports.network.PodNetworkProvider", "");

        assertThat(refusal("--jar", jar.toString(), "--config", config("")))
                .contains(jar + ": it has no RuntimeHandlerProvider");
    }

    @Test
    void missingConfigurationIsRefused() throws Exception {
        assertThat(refusal("--config", "/no/such.toml")).contains("/no/such.toml: does not exist");
    }

    @Test
    void configurationWithoutTheSectionIsRefused() throws Exception {
        String config = config("[handlers.other]\nprovider = 'runc'\n");

        assertThat(refusal("--config", config, "--handler", "mine"))
                .isEqualTo("carafe-certify: " + config + ": there is no [handlers.mine]; there are [other]\n");
    }

    @Test
    void configurationThatLeavesAChoiceIsRefused() throws Exception {
        String several = config("[handlers.a]\nprovider = 'runc'\n[handlers.b]\nprovider = 'runc'\n");
        assertThat(refusal("--config", several)).contains("several handlers fit, [a, b]: choose one by --handler");

        String none = config("[handlers.a]\nprovider = 'nobody'\n");
        assertThat(refusal("--config", none)).contains("no [handlers.NAME] has one of the providers [", "runc");
        assertThat(refusal("--config", none, "--handler", "a"))
                .contains(none + ":1: [handlers.a] names the provider 'nobody'");
    }

    @Test
    void unknownOptionIsRefusedWithFileAndLine() throws Exception {
        String config = config("[handlers.a]\nprovider = 'runc'\nspeed = 'fast'\n");

        assertThat(refusal("--config", config))
                .startsWith("carafe-certify: " + config + ":3: 'handlers.a.speed' is not an option of provider 'runc'");
    }

    @Test
    void valueThatTheProviderRefusesIsRefused() throws Exception {
        String config = config("[handlers.a]\nprovider = 'runc'\nno_pivot = 'perhaps'\n");

        assertThat(refusal("--config", config)).contains("[handlers.a]", "no_pivot", "is not true or false");
    }

    @Test
    void missingProgramIsRefused() throws Exception {
        String config = config("[handlers.a]\nprovider = 'runc'\npath = '/no/such/runc'\n");

        assertThat(refusal("--config", config)).contains("[handlers.a] cannot be served here", "/no/such/runc");
    }

    @Test
    void handlerThatCannotBeMadeIsRefused() throws Exception {
        Path jar = providerWithoutItsLibrary();
        String config = config("[handlers.mine]\nprovider = 'vendor'\n");

        assertThat(refusal("--jar", jar.toString(), "--config", config))
                .isEqualTo("carafe-certify: provider 'vendor' cannot make a handler:"
                        + " java.lang.NoClassDefFoundError: vendor/Library\n");
    }

    private Path providerWithoutItsLibrary() throws IOException {
        Path source = Files.writeString(directory.resolve("VendorProvider.java"), """
                package vendor;
                import io.carafe.ports.runtime.*;
                import io.carafe.ports.spi.*;
                import java.util.Set;
                public final class VendorProvider implements RuntimeHandlerProvider {
                    public String name() { return "vendor"; }
                    public Set<String> optionNames() { return Set.of(); }
                    public Availability availability(Options options) { return new Availability.Available(""); }
                    public RuntimeHandler create(HandlerContext context) { return Library.handler(); }
                }
                class Library {
                    static RuntimeHandler handler() { throw new IllegalStateException(); }
                }
                """);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        source.toString());
        assertThat(compiled).isZero();
        Path jar = directory.resolve("vendor.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/services/io.carafe.ports.runtime.RuntimeHandlerProvider"));
            out.write("vendor.VendorProvider".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("vendor/VendorProvider.class"));
            out.write(Files.readAllBytes(classes.resolve("vendor/VendorProvider.class")));
        }
        return jar;
    }

    private String refusal(String... arguments) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();

        int status = CarafeCertify.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                List.of(arguments));

        assertThat(status).isEqualTo(2);
        assertThat(out.size()).isZero();
        return err.toString(StandardCharsets.UTF_8);
    }

    private String config(String text) throws IOException {
        return Files.writeString(directory.resolve("config.toml"), text).toString();
    }

    private Path jar(String entry, String text) throws IOException {
        Path jar = directory.resolve("handler.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }
}
