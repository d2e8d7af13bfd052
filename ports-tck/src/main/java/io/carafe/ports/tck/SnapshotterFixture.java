package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.image.Digest;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.BackendContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the kits of {@link Snapshotter} share: a port in a directory of its own, which each test leaves empty. */
abstract class SnapshotterFixture {
    protected static final String KEY = "ab".repeat(32);
    protected static final String OTHER = "cd".repeat(32);

    @TempDir
    protected Path directory;

    protected BackendContext context;
    protected Snapshotter snapshotter;

    /** The port over a context; called again with the same one it stands for the daemon's restart. */
    protected abstract Snapshotter create(BackendContext context);

    @BeforeEach
    void make() {
        context = TckContexts.in(directory, Map.of());
        snapshotter = create(context);
    }

    @AfterEach
    void leaveNothing() {
        snapshotter.snapshots().forEach(snapshotter::remove);
        snapshotter.removeLayers(snapshotter.layers());
        assertThat(snapshotter.snapshots()).isEmpty();
        assertThat(snapshotter.layers()).isEmpty();
        demandNothingLeft();
    }

    /** Looks, after all has been removed, for what the port cannot tell of: mounts, files. */
    protected void demandNothingLeft() {}

    /** Unpacks and answers the diff id. */
    protected final Digest unpack(TckLayer layer) throws InterruptedException {
        snapshotter.unpack(layer.descriptor(), layer.diffId(), layer.open());
        return layer.diffId();
    }

    protected final Path mount(TckLayer... layers) throws InterruptedException {
        List<Digest> diffIds = new ArrayList<>();
        for (TckLayer layer : layers) {
            diffIds.add(unpack(layer));
        }
        return snapshotter.mount(KEY, diffIds);
    }

    protected static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
