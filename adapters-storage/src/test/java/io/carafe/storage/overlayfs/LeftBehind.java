package io.carafe.storage.overlayfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.spi.BackendContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for what a test has left, and takes mounts away so that its directory can be removed. */
final class LeftBehind {
    private LeftBehind() {}

    static void demandNothing(BackendContext context) {
        for (Path directory : List.of(context.stateDirectory(), context.runDirectory())) {
            int mounts = MountTable.read().under(directory).size();
            Mounts.unmountTree(directory);
            assertThat(mounts).as("mounts under %s", directory).isZero();
        }
        for (String name : List.of("layers", "snapshots")) {
            Path part = context.stateDirectory().resolve(name);
            if (Files.exists(part)) {
                try (Stream<Path> left = Files.list(part)) {
                    assertThat(left).as(name).isEmpty();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
