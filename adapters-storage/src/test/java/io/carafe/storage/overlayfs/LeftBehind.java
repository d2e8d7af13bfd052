package io.carafe.storage.overlayfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.spi.BackendContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
        Path state = context.stateDirectory();
        assertThat(names(state.resolve("layers"))).as("layers").isEmpty();
        assertThat(names(state.resolve("snapshots"))).as("snapshots").isEmpty();
        // removed in the background
        await("empty work directory", () -> names(state.resolve("work")).isEmpty());
    }

    static List<String> names(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
