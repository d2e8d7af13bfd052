package io.carafe.storage.overlayfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.linux.mount.OverlayMount;
import io.carafe.ports.image.StorageProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.Options;
import io.carafe.ports.store.RecordKind;
import io.carafe.ports.tck.TckContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayfsStorageProviderIT {
    @TempDir
    Path directory;

    @Test
    void theServiceLoaderFindsItAndItWorksHere() {
        StorageProvider provider =
                ServiceLoader.load(StorageProvider.class).findFirst().orElseThrow();
        BackendContext context = TckContexts.in(directory, Map.of());

        assertThat(provider.name()).isEqualTo("overlayfs");
        assertThat(provider.availability(Options.NONE)).isInstanceOf(Availability.Available.class);
        StorageProvider.Storage storage = provider.create(context);
        storage.records().save(new RecordKind<>("text", String.class, 1), "a", "b");
        assertThat(context.stateDirectory().resolve("records/text/a.json")).exists();
        assertThat(storage.snapshotter().layers()).isEmpty();
        assertThat(MountTable.read().under(directory)).isEmpty();
    }

    @Test
    void aKernelWithoutOverlayfsIsMissingAndSaysWhatToDo() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc/sys/kernel"));
        Files.writeString(proc.resolve("osrelease"), "6.1.0-test\n");
        Files.writeString(directory.resolve("proc/filesystems"), "nodev\tsysfs\n\text4\nnodev\tfuse.overlay\n");

        Availability availability = OverlayProbe.kernel(directory.resolve("proc"), directory.resolve("modules"));

        assertThat(availability)
                .isInstanceOfSatisfying(
                        Availability.Missing.class,
                        missing -> assertThat(missing.reason())
                                .contains("6.1.0-test")
                                .contains("modprobe overlay"));
    }

    @Test
    void aModuleThatIsNotLoadedYetIsAvailable() throws IOException {
        Path proc = Files.createDirectories(directory.resolve("proc/sys/kernel"));
        Files.writeString(proc.resolve("osrelease"), "6.1.0-test\n");
        Files.writeString(directory.resolve("proc/filesystems"), "\text4\n");
        Path modules = Files.createDirectories(directory.resolve("modules/6.1.0-test"));
        Files.writeString(modules.resolve("modules.dep"), "kernel/fs/overlayfs/overlay.ko:\n");

        assertThat(OverlayProbe.kernel(directory.resolve("proc"), directory.resolve("modules")))
                .isEqualTo(new Availability.Available("6.1.0-test"));
    }

    @Test
    void aStateDirectoryOnOverlayfsIsUnsupportedAndSaysWhy() throws IOException {
        Path lower = Files.createDirectory(directory.resolve("lower"));
        Path upper = Files.createDirectory(directory.resolve("upper"));
        Path work = Files.createDirectory(directory.resolve("work"));
        Path merged = Files.createDirectory(directory.resolve("merged"));
        new OverlayMount(List.of(lower), Optional.of(new OverlayMount.Writable(upper, work)), List.of()).mount(merged);
        try {
            BackendContext context = TckContexts.in(merged, Map.of());

            assertThatThrownBy(() -> new OverlayfsStorageProvider().create(context))
                    .isInstanceOf(Fault.Unsupported.class)
                    .hasMessageContaining(context.stateDirectory().toString())
                    .hasMessageContaining("ext4");
            assertThat(MountTable.read().under(merged)).hasSize(1);
        } finally {
            Mounts.unmountTree(directory);
        }
    }
}
