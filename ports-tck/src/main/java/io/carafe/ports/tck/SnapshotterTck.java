package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.image.Snapshotter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Snapshotter} does with layers and snapshots; {@link SnapshotterContentTck} has what is in them. */
public abstract class SnapshotterTck extends SnapshotterFixture {
    @Test
    void anUnpackedLayerIsKeptAlsoOverARestart() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        assertThat(snapshotter.hasLayer(layer.diffId())).isFalse();

        unpack(layer);

        assertThat(snapshotter.hasLayer(layer.diffId())).isTrue();
        assertThat(snapshotter.layers()).containsExactly(layer.diffId());
        assertThat(create(context).layers()).containsExactly(layer.diffId());
    }

    @Test
    void unpackIsIdempotent() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        unpack(layer);
        unpack(layer);

        assertThat(snapshotter.layers()).containsExactly(layer.diffId());
    }

    @Test
    void unpacksOfOneLayerAtTheSameTimeAllSucceed() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1").directory("d", 0755);
        Callable<Digest> unpack = () -> unpack(layer);
        context.tasks().all("unpack", 4, List.of(unpack, unpack, unpack, unpack));

        assertThat(snapshotter.layers()).containsExactly(layer.diffId());
        assertThat(mount(layer).resolve("a")).hasContent("1");
    }

    @Test
    void aLayerThatIsNotWhatItsDiffIdSaysIsRefused() {
        TckLayer layer = new TckLayer().file("a", "1");
        Digest wrong = new TckLayer().file("a", "2").diffId();

        assertThatThrownBy(() -> snapshotter.unpack(layer.descriptor(), wrong, layer.open()))
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining(wrong.hex())
                .hasMessageContaining(layer.diffId().hex());
        assertThat(snapshotter.layers()).isEmpty();
    }

    @Test
    void aStreamThatBreaksIsUnavailableAndCanBeTriedAgain() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(layer.gzip(), 0, 20), failing(new IOException("connection reset")));

        assertThatThrownBy(() -> snapshotter.unpack(layer.descriptor(), layer.diffId(), broken))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("connection reset");
        assertThat(snapshotter.layers()).isEmpty();
        assertThat(mount(layer).resolve("a")).hasContent("1");
    }

    @Test
    void theFaultThatTheStreamEndsWithIsPassedOn() {
        TckLayer layer = new TckLayer().file("a", "1");
        InputStream corrupt = new SequenceInputStream(
                new ByteArrayInputStream(layer.gzip(), 0, 20),
                failing(new IOException(new Fault.Corrupt("blob has another digest"))));

        assertThatThrownBy(() -> snapshotter.unpack(layer.descriptor(), layer.diffId(), corrupt))
                .isInstanceOf(Fault.Corrupt.class)
                .hasMessageContaining("another digest");
    }

    @Test
    void anImageWithoutLayersIsAnEmptyWritableRoot() throws IOException, InterruptedException {
        Path root = snapshotter.mount(KEY, List.of());
        assertThat(root).isEmptyDirectory();

        Files.writeString(root.resolve("a"), "x");

        assertThat(snapshotter.mount(KEY, List.of()).resolve("a")).hasContent("x");
    }

    @Test
    void sixtyLayersAreMounted() throws IOException, InterruptedException {
        TckLayer[] layers = new TckLayer[60];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new TckLayer().file("layer-" + i, "x").file("top", Integer.toString(i));
        }
        Path root = mount(layers);

        assertThat(names(root)).hasSize(61);
        assertThat(root.resolve("top")).hasContent("59");
    }

    @Test
    void mountOnAMissingLayerIsNotFoundAndLeavesNoSnapshot() {
        Digest missing = new TckLayer().diffId();

        assertThatThrownBy(() -> snapshotter.mount(KEY, List.of(missing)))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining(missing.hex());
        assertThat(snapshotter.snapshots()).isEmpty();
    }

    @Test
    void mountIsIdempotentAndKeepsWhatWasWritten() throws IOException, InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        Path root = mount(layer);
        Files.writeString(root.resolve("mine"), "x");

        assertThat(snapshotter.mount(KEY, List.of(layer.diffId()))).isEqualTo(root);
        assertThat(create(context).mount(KEY, List.of(layer.diffId()))).isEqualTo(root);
        assertThat(root.resolve("mine")).hasContent("x");
        assertThat(create(context).snapshots()).containsExactly(KEY);
    }

    @Test
    void aKeyInUseForOtherLayersAlreadyExists() throws InterruptedException {
        Digest first = unpack(new TckLayer().file("a", "1"));
        Digest second = unpack(new TckLayer().file("a", "2"));
        snapshotter.mount(KEY, List.of(first));

        assertThatThrownBy(() -> snapshotter.mount(KEY, List.of(second)))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "../a", ".hidden"})
    void aKeyThatIsNoSafeFileNameIsRefused(String key) {
        assertThatThrownBy(() -> snapshotter.mount(key, List.of())).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void snapshotsOfOneLayerDoNotSeeEachOther() throws IOException, InterruptedException {
        Digest layer = unpack(new TckLayer().file("a", "1").file("b", "1"));
        Path one = snapshotter.mount(KEY, List.of(layer));
        Path two = snapshotter.mount(OTHER, List.of(layer));

        Files.writeString(one.resolve("a"), "changed");
        Files.delete(one.resolve("b"));

        assertThat(two.resolve("a")).hasContent("1");
        assertThat(two.resolve("b")).hasContent("1");
        assertThat(snapshotter.snapshots()).containsExactlyInAnyOrder(KEY, OTHER);
        snapshotter.remove(KEY);
        assertThat(snapshotter.mount(KEY, List.of(layer)).resolve("a")).hasContent("1");
    }

    @Test
    void removeIsIdempotentAndLeavesNoRoot() throws IOException, InterruptedException {
        Path root = mount(new TckLayer().file("a", "1"));
        Files.writeString(root.resolve("mine"), "x");

        snapshotter.remove(KEY);
        snapshotter.remove(KEY);
        snapshotter.remove("never-there");

        assertThat(root).doesNotExist();
        assertThat(snapshotter.snapshots()).isEmpty();
        assertThat(create(context).snapshots()).isEmpty();
    }

    @Test
    void removeWorksAfterARestart() throws InterruptedException {
        Path root = mount(new TckLayer().file("a", "1"));

        create(context).remove(KEY);

        assertThat(root).doesNotExist();
        snapshotter = create(context);
        assertThat(snapshotter.snapshots()).isEmpty();
    }

    @Test
    void aLayerThatASnapshotStandsOnIsKept() throws InterruptedException {
        TckLayer used = new TckLayer().file("a", "1");
        Digest unused = unpack(new TckLayer().file("b", "1"));
        Path root = mount(used);

        snapshotter.removeLayers(Set.of(used.diffId(), unused));
        assertThat(snapshotter.layers()).containsExactly(used.diffId());
        assertThat(snapshotter.hasLayer(unused)).isFalse();
        assertThat(root.resolve("a")).hasContent("1");

        snapshotter = create(context);
        snapshotter.removeLayers(Set.of(used.diffId()));
        assertThat(snapshotter.hasLayer(used.diffId())).isTrue();

        snapshotter.remove(KEY);
        snapshotter.removeLayers(Set.of(used.diffId()));
        snapshotter.removeLayers(Set.of(used.diffId()));
        assertThat(snapshotter.layers()).isEmpty();
        assertThat(create(context).layers()).isEmpty();
    }

    @Test
    void usageCountsWhatASnapshotWroteAndNotItsLayers() throws IOException, InterruptedException {
        Path root = mount(new TckLayer().file("large", "x".repeat(2_000_000)));
        Files.write(root.resolve("mine"), new byte[500_000]);

        var usage = snapshotter.usage(KEY);

        assertThat(usage.used()).isBetween(new Bytes(1), new Bytes(1_000_000));
        assertThat(usage.inodesUsed()).isPositive();
        assertThat(usage.mountpoint()).isDirectory();
        assertThat(usage.at()).isBeforeOrEqualTo(context.clock().instant());
        assertThat(snapshotter.snapshotsUsage().used()).isGreaterThanOrEqualTo(usage.used());
    }

    @Test
    void usageOfLayersFollowsWhatIsUnpackedAndRemoved() throws InterruptedException {
        assertThat(snapshotter.layersUsage().used()).isEqualTo(Bytes.ZERO);
        Digest layer = unpack(new TckLayer().file("large", "x".repeat(500_000)));

        assertThat(snapshotter.layersUsage().used()).isGreaterThan(new Bytes(400_000));
        assertThat(create(context).layersUsage().used())
                .isEqualTo(snapshotter.layersUsage().used());

        snapshotter.removeLayers(Set.of(layer));
        assertThat(snapshotter.layersUsage().used()).isEqualTo(Bytes.ZERO);
    }

    @Test
    void usageOfAMissingSnapshotIsNotFound() {
        assertThatThrownBy(() -> snapshotter.usage(KEY)).isInstanceOf(Fault.NotFound.class);
    }

    private static InputStream failing(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw failure;
            }
        };
    }
}
