package io.carafe.assembly.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.handler.HandlerTable;
import io.carafe.assembly.config.ConfigurationFile;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.KeptJars;
import io.carafe.assembly.vendor.VendorBuild;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods must not be stranded, whatever becomes of the JAR that made them. */
class HandlerSourceTest {
    @TempDir
    Path directory;

    private Path file;
    private Path adapters;
    private ConfigurationSource source;

    @BeforeEach
    void start() throws Exception {
        file = directory.resolve("config.toml");
        adapters = Files.createDirectory(directory.resolve("adapters"));
        source = new ConfigurationSource(
                () -> ConfigurationFile.readIfThere(file),
                _ -> adapters,
                Adapters.copiedTo(KeptJars.in(directory.resolve("copies"))),
                InstantSource.system());
    }

    @Test
    void podsOfAnEarlierCarafeAreServedByTheProviderOfTheSameName() throws Exception {
        var handlers = new HandlerSource(source.read(), source.adapters(), source.clock());

        assertThat(handlers.find(runc("sha256:of-before-the-upgrade")))
                .map(RuntimeHandlerProvider::name)
                .contains("runc");
        assertThat(handlers.find(runc(""))).isPresent();
        assertThat(handlers.find(new HandlerBinding("x", "never-there", "", Map.of())))
                .isEmpty();
    }

    @Test
    void podsOfOursAreServedByOursAlsoWhenAVendorTookTheName() throws Exception {
        vendor("mine.jar", "runc", "");

        var handlers = new HandlerSource(source.read(), source.adapters(), source.clock());

        assertThat(handlers.find(runc("sha256:of-before-the-upgrade")))
                .map(provider -> provider.getClass().getName())
                .contains("io.carafe.runc.RuncProvider");
    }

    @Test
    void podsOfAJarThatWasReplacedAreServedByTheOldOneAndNewOnesByTheNewOne() throws Exception {
        Files.writeString(file, "default_handler = 'fast'\n[handlers.fast]\nprovider = 'fast'\n");
        Path jar = vendor("fast.jar", "fast", "");
        Reading before = source.read();
        var handlers = new HandlerSource(before, source.adapters(), source.clock());
        HandlerBinding old = binding(handlers.table(before));
        Files.write(jar, Files.readAllBytes(vendor("../next.jar", "fast", "if (true) return Set.of(\"next\");")));

        Reading after = source.read();
        handlers.install(after);
        HandlerBinding next = binding(handlers.table(after));

        assertThat(next.providerDigest()).isNotEqualTo(old.providerDigest());
        assertThat(handlers.find(old).orElseThrow().optionNames()).isEmpty();
        assertThat(handlers.find(next).orElseThrow().optionNames()).containsExactly("next");
    }

    @Test
    void podsOfAJarThatDoesNotFitAnyMoreAreServedByItsSuccessorIfThereIsOne() throws Exception {
        Path old = VendorBuild.in(directory)
                .against(Map.of("Brand.java", "package io.carafe.ports.spi; public class Brand {}"))
                .handler(
                        directory.resolve("old.jar"),
                        "vendor.VendorProvider",
                        Map.of("VendorProvider.java", source("fast", "System.out.println(new Brand());")));
        String hex =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(old)));
        Files.copy(old, directory.resolve("copies/sha256-" + hex + ".jar"));
        HandlerBinding binding = new HandlerBinding("fast", "fast", "sha256:" + hex, Map.of());
        var handlers = new HandlerSource(source.read(), source.adapters(), source.clock());

        assertThatThrownBy(() -> handlers.find(binding))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("io.carafe.ports.spi.Brand");

        vendor("fast.jar", "fast", "");
        handlers.install(source.read());

        assertThat(handlers.find(binding)).isPresent();
    }

    @Test
    void keysThatTakeARestartAreNamed() throws Exception {
        Files.writeString(file, "[daemon]\nshutdown_seconds = 3\n[network]\nmax_conf = 2\n[storage]\n");
        Reading started = source.read();
        Files.writeString(
                file,
                "[daemon]\nshutdown_seconds = 4\nlog_level = 'debug'\n[network]\nmax_conf = 3\n[images]\npinned = ['a']\n");

        assertThat(RestartOnly.differences(started, source.read()))
                .isEqualTo(List.of("daemon.shutdown_seconds", "network.max_conf"));
        assertThat(RestartOnly.differences(started, started)).isEmpty();
    }

    private static HandlerBinding runc(String digest) {
        return new HandlerBinding("runc", "runc", digest, Map.of());
    }

    private static HandlerBinding binding(HandlerTable table) {
        return Objects.requireNonNull(table.byName().get("fast")).binding();
    }

    private Path vendor(String jar, String name, String body) throws Exception {
        return VendorBuild.in(directory)
                .handler(
                        adapters.resolve(jar).normalize(),
                        "vendor.VendorProvider",
                        Map.of("VendorProvider.java", source(name, body)));
    }

    private static String source(String name, String body) {
        return """
                package vendor;
                import io.carafe.ports.runtime.*;
                import io.carafe.ports.spi.*;
                import java.util.Set;
                public final class VendorProvider implements RuntimeHandlerProvider {
                    public String name() { return "%s"; }
                    public Set<String> optionNames() { %s return Set.of(); }
                    public Availability availability(Options options) { return new Availability.Available("1"); }
                    public RuntimeHandler create(HandlerContext context) { throw new UnsupportedOperationException(); }
                }
                """.formatted(name, body);
    }
}
