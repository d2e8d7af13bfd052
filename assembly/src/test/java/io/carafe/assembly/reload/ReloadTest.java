package io.carafe.assembly.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.carafe.application.handler.Handlers;
import io.carafe.application.image.PinnedImages;
import io.carafe.application.inventory.Inventory;
import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.config.ConfigurationException;
import io.carafe.assembly.config.ConfigurationFile;
import io.carafe.assembly.discovery.Adapters;
import io.carafe.assembly.discovery.KeptJars;
import io.carafe.assembly.vendor.VendorBuild;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.sandbox.SandboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken up, what is refused, and which copies of JARs stay. */
class ReloadTest {
    private static final PodSandboxId POD = new PodSandboxId("a".repeat(64));

    @TempDir
    Path directory;

    private final List<System.Logger.Level> levels = new ArrayList<>();
    private final ScriptedRecords records = new ScriptedRecords();
    private final Inventory inventory = new Inventory(records);
    private boolean fails;
    private Path file;
    private Path jar;
    private Handlers handlers;
    private Reload reload;

    @BeforeEach
    void start() throws Exception {
        file = directory.resolve("config.toml");
        Path adapters = Files.createDirectory(directory.resolve("adapters"));
        jar = VendorBuild.in(directory).handler(adapters.resolve("fast.jar"), "vendor.Fast", Map.of("Fast.java", """
                package vendor;
                import io.carafe.ports.runtime.*;
                import io.carafe.ports.spi.*;
                public final class Fast implements RuntimeHandlerProvider {
                    public String name() { return "fast"; }
                    public java.util.Set<String> optionNames() { return java.util.Set.of("speed"); }
                    public Availability availability(Options options) { return new Availability.Available("1"); }
                    public RuntimeHandler create(HandlerContext context) { throw new UnsupportedOperationException(); }
                }
                """));
        configure("[handlers.fast]\nprovider = 'fast'\n");
        InstantSource clock = InstantSource.system();
        var source = new ConfigurationSource(
                this::read, _ -> adapters, Adapters.copiedTo(KeptJars.in(directory.resolve("copies"))), clock);
        Reading started = source.read();
        var providers = new HandlerSource(started, source.adapters(), clock);
        handlers = new Handlers(providers.table(started), _ -> Optional.empty());
        reload = new Reload(source, started, providers, handlers, new PinnedImages(List.of()), inventory, levels::add);
    }

    @Test
    void whatIsNewIsTakenUp() throws Exception {
        configure("[daemon]\nlog_level = 'debug'\n[handlers.fast]\nprovider = 'fast'\nspeed = 'high'\n");

        reload.reload();

        assertThat(handlers.bindingFor("").options()).containsEntry("speed", "high");
        assertThat(levels).containsExactly(System.Logger.Level.DEBUG);
        assertThat(reload.status().refused()).isEmpty();
    }

    @Test
    void whatIsWrongChangesNothingAndIsToBeSeenUntilItIsMended() throws Exception {
        var before = handlers.table();
        Instant read = reload.status().readAt();
        configure("[handlers.fast]\nprovider = 'fast'\nsped = 'high'\n");

        reload.reload();

        assertThat(handlers.table()).isSameAs(before);
        assertThat(reload.status().readAt()).isEqualTo(read);
        assertThat(reload.status().refused().orElseThrow().problems())
                .singleElement()
                .asString()
                .startsWith(file + ":4: 'handlers.fast.sped' is not an option");

        configure("[handlers.fast]\nprovider = 'fast'\n");
        reload.reload();

        assertThat(reload.status().refused()).isEmpty();
        assertThat(reload.status().readAt()).isAfter(read);
    }

    @Test
    void failureOfAReadingIsARefusalToo() {
        var before = handlers.table();
        fails = true;

        assertThatCode(reload::reload).doesNotThrowAnyException();

        assertThat(handlers.table()).isSameAs(before);
        assertThat(reload.status().refused().orElseThrow().problems())
                .containsExactly("cannot be taken up: " + "java.lang.IllegalStateException: the disk is on fire");
    }

    @Test
    void copyStaysWhileTheDirectoryOrAPodNeedsIt() throws Exception {
        HandlerBinding binding = handlers.bindingFor("fast");
        reload.reload();
        assertThat(copies()).as("in the directory").hasSize(1);
        Files.delete(jar);
        inventory.put(pod(binding));

        reload.reload();
        assertThat(copies()).as("of a pod").hasSize(1);

        inventory.remove(POD);
        reload.reload();
        assertThat(copies()).isEmpty();
    }

    @Test
    void copyOfAPodThatIsBeingMadeStays() throws Exception {
        Runnable release = handlers.hold(handlers.bindingFor("fast"));
        Files.delete(jar);

        reload.reload();
        assertThat(copies()).hasSize(1);

        release.run();
        reload.sweep();
        assertThat(copies()).isEmpty();
    }

    @Test
    void noCopyIsDeletedWhileARecordCannotBeRead() throws Exception {
        records.setAside("b".repeat(64));
        Files.delete(jar);

        reload.reload();

        assertThat(copies()).hasSize(1);
    }

    private Configuration read() throws ConfigurationException {
        if (fails) {
            throw new IllegalStateException("the disk is on fire");
        }
        return ConfigurationFile.read(file);
    }

    private void configure(String text) throws IOException {
        Files.writeString(file, "default_handler = 'fast'\n" + text);
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("copies"))) {
            return files.toList();
        }
    }

    private static PodSandbox pod(HandlerBinding binding) {
        var config = new PodSandboxConfig(
                new PodSandboxMetadata("p", "u", "n", 0),
                "p",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                SandboxSecurity.DEFAULT,
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return PodSandbox.accepted(POD, config, binding, new SandboxState.Creating(Instant.EPOCH, ""));
    }
}
