package io.carafe.storage.overlayfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.mount.MountTable;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.image.Snapshotter;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.TckLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is overlayfs' own: files on disk, crashes, reboots, mounts. */
class OverlayfsSnapshotterIT {
    private static final String KEY = "ab".repeat(32);

    @TempDir
    Path directory;

    private BackendContext context;
    private Snapshotter snapshotter;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void make() {
        BackendContext made = TckContexts.in(directory, Map.of());
        context = new BackendContext(
                made.stateDirectory(),
                made.runDirectory(),
                made.socketDirectory(),
                made.options(),
                () -> now,
                made.tasks());
        snapshotter = restart();
    }

    @AfterEach
    void leaveNothing() {
        snapshotter = restart();
        snapshotter.snapshots().forEach(snapshotter::remove);
        snapshotter.removeLayers(snapshotter.layers());
        LeftBehind.demandNothing(context);
    }

    private Snapshotter restart() {
        return new OverlayfsStorageProvider().create(context).snapshotter();
    }

    private List<Digest> unpack(TckLayer... layers) throws InterruptedException {
        List<Digest> diffIds = new ArrayList<>();
        for (TckLayer layer : layers) {
            snapshotter.unpack(layer.descriptor(), layer.diffId(), layer.open());
            diffIds.add(layer.diffId());
        }
        return diffIds;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theRootIsAnOverlayInTheRunDirectory() throws InterruptedException {
        Path root = snapshotter.mount(KEY, unpack(new TckLayer().file("a", "1")));

        assertThat(root).isEqualTo(context.runDirectory().resolve("rootfs").resolve(KEY));
        assertThat(MountTable.read().at(root))
                .hasValueSatisfying(mount -> assertThat(mount.type()).isEqualTo("overlay"));
        snapshotter.mount(KEY, List.of(new TckLayer().file("a", "1").diffId()));
        assertThat(MountTable.read().under(root)).as("mounted once").hasSize(1);
    }

    @Test
    void aRebootKeepsWhatWasWrittenAndMountsItAgain() throws IOException, InterruptedException {
        List<Digest> layers = unpack(new TckLayer().file("a", "1"));
        Path root = snapshotter.mount(KEY, layers);
        Files.writeString(root.resolve("mine"), "x");
        Files.delete(root.resolve("a"));
        // what a reboot does
        Mounts.unmount(root);
        Files.delete(root);
        Files.delete(root.getParent());

        snapshotter = restart();

        assertThat(snapshotter.snapshots()).containsExactly(KEY);
        assertThat(snapshotter.mount(KEY, layers).resolve("mine")).hasContent("x");
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void removeWorksAfterARebootWithoutAMount() throws IOException, InterruptedException {
        Path root = snapshotter.mount(KEY, unpack(new TckLayer().file("a", "1")));
        Mounts.unmount(root);
        Files.delete(root);

        snapshotter.remove(KEY);

        assertThat(snapshotter.snapshots()).isEmpty();
    }

    @Test
    void removeOfARootInUseSucceeds() throws IOException, InterruptedException {
        Path root = snapshotter.mount(KEY, unpack(new TckLayer().file("a", "1")));
        try (InputStream used = Files.newInputStream(root.resolve("a"))) {
            snapshotter.remove(KEY);

            assertThat(root).doesNotExist();
            assertThat(used.read()).isEqualTo('1');
        }
    }

    @Test
    void whatACrashLeftHalfMadeIsSwept() throws IOException, InterruptedException {
        unpack(new TckLayer().file("a", "1"));
        Path work = context.stateDirectory().resolve("work");
        Files.createDirectories(work.resolve("layer-1/diff/deep/er"));
        Files.writeString(work.resolve("layer-1/diff/deep/er/file"), "x");
        Path mounted = Files.createDirectories(work.resolve("probe-1/merged"));
        Mounts.tmpfs(mounted, 4096, 0755);

        snapshotter = restart();

        assertThat(snapshotter.layers()).hasSize(1);
        LeftBehind.await("work directory swept", () -> LeftBehind.names(work).isEmpty());
    }

    @Test
    void aLayerThatTheDiskLostIsUnpackedAgain() throws IOException, InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        unpack(layer);
        Files.write(context.stateDirectory().resolve("layers/" + layer.diffId().hex() + "/layer.json"), new byte[20]);

        snapshotter = restart();
        assertThat(snapshotter.hasLayer(layer.diffId())).isFalse();

        assertThat(snapshotter.mount(KEY, unpack(layer)).resolve("a")).hasContent("1");
    }

    @Test
    void aSnapshotThatTheDiskLostIsSweptAndItsKeyIsFree() throws IOException, InterruptedException {
        List<Digest> layers = unpack(new TckLayer().file("a", "1"));
        Path root = snapshotter.mount(KEY, layers);
        Mounts.unmount(root);
        for (String torn : List.of("", "2\n" + layers.getFirst().value() + "\n", "1\nsha256:12")) {
            Files.writeString(context.stateDirectory().resolve("snapshots/" + KEY + "/lower"), torn);

            snapshotter = restart();

            assertThat(snapshotter.snapshots()).as(torn).isEmpty();
            assertThat(snapshotter.mount(KEY, layers).resolve("a")).hasContent("1");
            Mounts.unmount(root);
        }
    }

    @Test
    void aSnapshotWhoseLayerIsGoneSaysWhatToDo() throws IOException, InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        List<Digest> layers = unpack(layer);
        Mounts.unmount(snapshotter.mount(KEY, layers));
        Files.delete(context.stateDirectory().resolve("layers/" + layer.diffId().hex() + "/layer.json"));
        snapshotter = restart();

        assertThatThrownBy(() -> snapshotter.mount(KEY, layers))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining(layer.diffId().hex())
                .hasMessageContaining("pull");
    }

    @Test
    void oneLayerTwiceInAnImageIsMountedOnce() throws InterruptedException {
        TckLayer twice = new TckLayer().file("a", "1");
        TckLayer between = new TckLayer().file("a", "2");
        List<Digest> layers = new ArrayList<>(unpack(twice, between));
        layers.add(twice.diffId());

        assertThat(snapshotter.mount(KEY, layers).resolve("a")).hasContent("1");
    }

    @Test
    void aRootThatHidesAllBelowIsTheLowest() throws InterruptedException {
        Path root = snapshotter.mount(
                KEY,
                unpack(
                        new TckLayer().file("old", "x"),
                        new TckLayer().file(".wh..wh..opq", "").file("new", "x")));

        assertThat(LeftBehind.names(root)).containsExactly("new");
    }

    @Test
    void directoriesThatALayerDoesNotDescribeKeepOwnerAndMode() throws IOException, InterruptedException {
        List<Digest> layers = unpack(
                new TckLayer()
                        .directory(".", 0711)
                        .directory("tmp", 01777)
                        .directory("var", 0750)
                        .directory("var/lib", 0700)
                        .directory("changed", 0700),
                new TckLayer().file("tmp/a", "1").directory("changed", 0755).file("var/lib/sub/b", "2"),
                new TckLayer().file("tmp/c", "3").file("changed/d", "4"));
        Path root = snapshotter.mount(KEY, layers);

        assertThat(permissions(root)).isEqualTo("rwx--x--x");
        assertThat(FileStatus.of(root.resolve("tmp")).orElseThrow().mode()).isEqualTo(01777);
        assertThat(permissions(root.resolve("var"))).isEqualTo("rwxr-x---");
        assertThat(permissions(root.resolve("var/lib"))).isEqualTo("rwx------");
        assertThat(permissions(root.resolve("var/lib/sub"))).isEqualTo("rwxr-xr-x");
        assertThat(permissions(root.resolve("changed"))).isEqualTo("rwxr-xr-x");
        assertThat(LeftBehind.names(root.resolve("tmp"))).containsExactlyInAnyOrder("a", "c");
        assertThat(root.resolve("var/lib/sub/b")).hasContent("2");
        assertThat(root.resolve("changed/d")).hasContent("4");
    }

    @Test
    void ofALinkInPlaceOfADirectoryNothingIsTaken() throws InterruptedException {
        Path root = snapshotter.mount(
                KEY,
                unpack(
                        new TckLayer().directory("usr", 0700).symbolicLink("lib", "/etc"),
                        new TckLayer().file("lib/a", "1")));

        assertThat(Files.isSymbolicLink(root.resolve("lib"))).isFalse();
        assertThat(root.resolve("lib/a")).hasContent("1");
    }

    @Test
    void usageIsMeasuredAnewAfterTenSecondsAndSaysOfWhenItIs() throws IOException, InterruptedException {
        Path root = snapshotter.mount(KEY, unpack(new TckLayer().file("a", "1")));
        var first = snapshotter.usage(KEY);
        Files.write(root.resolve("large"), new byte[3 << 20]);

        now = now.plusSeconds(9);
        assertThat(snapshotter.usage(KEY)).isEqualTo(first);

        now = now.plusSeconds(2);
        var second = snapshotter.usage(KEY);
        assertThat(second.at()).isEqualTo(now);
        assertThat(second.used().value()).isGreaterThan(3 << 20);
        assertThat(second.inodesUsed()).isEqualTo(first.inodesUsed() + 1);
        assertThat(second.mountpoint())
                .isEqualTo(MountTable.read()
                        .holding(context.stateDirectory())
                        .orElseThrow()
                        .path());
    }

    @Test
    void usageOfAllSnapshotsIsAsOldAsTheOldest() throws InterruptedException {
        List<Digest> layers = unpack(new TckLayer().file("a", "1"));
        snapshotter.mount("one", layers);
        Instant then = now;
        snapshotter.usage("one");
        now = now.plusSeconds(5);
        snapshotter.mount("two", layers);

        assertThat(snapshotter.snapshotsUsage().at()).isEqualTo(then);
    }

    @Test
    void keysOfAllLengthsAndManyAtOnceAreMounted() throws InterruptedException {
        List<Digest> layers = unpack(new TckLayer().file("a", "1"));
        List<Callable<Path>> mounts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String key = i % 2 == 0 ? "same" : "key-" + i;
            mounts.add(() -> snapshotter.mount(key, layers));
        }

        List<Path> roots = context.tasks().all("mount", 30, mounts);

        assertThat(roots).allSatisfy(root -> assertThat(root.resolve("a")).hasContent("1"));
        assertThat(MountTable.read().under(context.runDirectory())).hasSize(16);
    }
}
