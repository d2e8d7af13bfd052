package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.ports.image.Snapshotter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Snapshotter} makes of the entries of layers, honest and hostile. */
public abstract class SnapshotterContentTck extends SnapshotterFixture {
    private void assertRefused(TckLayer layer) {
        assertThatThrownBy(() -> unpack(layer)).isInstanceOf(Fault.Corrupt.class);
        assertThat(snapshotter.hasLayer(layer.diffId())).isFalse();
        assertThat(snapshotter.layers()).isEmpty();
    }

    @Test
    void aPlainLayerIsTakenToo() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "plain");
        snapshotter.unpack(layer.plainDescriptor(), layer.diffId(), new ByteArrayInputStream(layer.plain()));

        assertThat(snapshotter.mount(KEY, List.of(layer.diffId())).resolve("a")).hasContent("plain");
    }

    @Test
    void bytesAfterTheArchiveBelongToTheDiffId() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "1");
        byte[] padded = Arrays.copyOf(layer.plain(), layer.plain().length + 10_240);
        Digest diffId = TckLayer.digest(padded);

        snapshotter.unpack(layer.plainDescriptor(), diffId, new ByteArrayInputStream(padded));

        assertThat(snapshotter.layers()).containsExactly(diffId);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 50})
    void aTruncatedLayerIsRefused(int bytes) {
        TckLayer layer = new TckLayer().file("a", "some text");
        InputStream cut = new ByteArrayInputStream(layer.gzip(), 0, bytes);

        assertThatThrownBy(() -> snapshotter.unpack(layer.descriptor(), layer.diffId(), cut))
                .isInstanceOf(Fault.Corrupt.class);
        assertThat(snapshotter.layers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "a/../b", "..", "/../evil"})
    void aNameWithParentDirectoryIsRefused(String name) {
        assertRefused(new TckLayer().file(name, "x"));
    }

    @Test
    void aHardLinkToOutsideIsRefused() {
        assertRefused(new TckLayer().hardLink("passwd", "../../../../../../etc/passwd"));
    }

    @Test
    void aHardLinkToNothingIsRefused() {
        assertRefused(new TckLayer().hardLink("a", "missing"));
    }

    @Test
    void aFileBelowAFileIsRefused() {
        assertRefused(new TckLayer().file("a", "x").file("a/b", "y"));
    }

    @Test
    void whatIsWrittenThroughALinkThatLeadsOutStaysInside() throws IOException, InterruptedException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path root = mount(new TckLayer()
                .symbolicLink("up", "../../../../../../../../../../../.." + outside)
                .file("up/evil", "x")
                .symbolicLink("absolute", outside.toString())
                .file("absolute/evil2", "x"));

        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("." + outside).resolve("evil")).hasContent("x");
        assertThat(root.resolve("." + outside).resolve("evil2")).hasContent("x");
    }

    @Test
    void aFileBelowALinkedDirectoryLandsInTheDirectory() throws InterruptedException {
        Path root = mount(new TckLayer()
                .directory("usr", 0755)
                .directory("usr/lib", 0755)
                .symbolicLink("lib", "usr/lib")
                .file("lib/libc.so", "elf"));

        assertThat(root.resolve("usr/lib/libc.so")).hasContent("elf");
        assertThat(root.resolve("lib")).isSymbolicLink();
    }

    @Test
    void kindsAndModesOfFilesComeBack() throws IOException, InterruptedException {
        Path root = mount(new TckLayer()
                .directory("d", 0700)
                .file("d/tool", 0750, "#!/bin/sh")
                .hardLink("d/same", "d/tool")
                .symbolicLink("link", "d/tool")
                .symbolicLink("dangling", "/nowhere"));

        assertThat(permissions(root.resolve("d"))).isEqualTo("rwx------");
        assertThat(permissions(root.resolve("d/tool"))).isEqualTo("rwxr-x---");
        assertThat(Files.getAttribute(root.resolve("d/same"), "unix:ino"))
                .isEqualTo(Files.getAttribute(root.resolve("d/tool"), "unix:ino"));
        assertThat(Files.readSymbolicLink(root.resolve("link"))).isEqualTo(Path.of("d/tool"));
        assertThat(Files.readSymbolicLink(root.resolve("dangling"))).isEqualTo(Path.of("/nowhere"));
        for (String name : List.of("d", "d/tool")) {
            assertThat(Files.getLastModifiedTime(root.resolve(name)).toInstant().getEpochSecond())
                    .isEqualTo(TckLayer.MODIFIED);
        }
    }

    @Test
    void parentsThatTheArchiveLeavesOutAreMade() throws InterruptedException {
        assertThat(mount(new TckLayer().file("/very/deep/file", "x")).resolve("very/deep/file"))
                .hasContent("x");
    }

    @Test
    void aLaterEntryReplacesAnEarlierOne() throws InterruptedException {
        Path root = mount(new TckLayer()
                .file("a", "old")
                .file("a", "new")
                .directory("d", 0755)
                .file("d/x", "x")
                .file("d", "now a file")
                .file("f", "file")
                .directory("f", 0755)
                .file("f/y", "y")
                .symbolicLink("l", "a")
                .file("l", "no link any more"));

        assertThat(root.resolve("a")).hasContent("new");
        assertThat(root.resolve("d")).hasContent("now a file");
        assertThat(root.resolve("f/y")).hasContent("y");
        assertThat(root.resolve("l")).hasContent("no link any more").isRegularFile();
        assertThat(Files.isSymbolicLink(root.resolve("l"))).isFalse();
    }

    @Test
    void upperLayersCoverLowerOnes() throws InterruptedException {
        Path root = mount(
                new TckLayer().directory("d", 0755).file("d/a", "lower").file("d/b", "lower"),
                new TckLayer().directory("d", 0755).file("d/a", "upper").file("d/c", "upper"));

        assertThat(root.resolve("d/a")).hasContent("upper");
        assertThat(root.resolve("d/b")).hasContent("lower");
        assertThat(root.resolve("d/c")).hasContent("upper");
    }

    @Test
    void whiteoutsHideWhatIsBelow() throws IOException, InterruptedException {
        Path root = mount(
                new TckLayer()
                        .file("gone", "x")
                        .file("stays", "x")
                        .directory("dir", 0755)
                        .file("dir/inside", "x")
                        .directory("d", 0755)
                        .file("d/gone", "x"),
                new TckLayer().whiteout("gone").whiteout("dir").whiteout("d/gone"));

        assertThat(root.resolve("gone")).doesNotExist();
        assertThat(root.resolve("dir")).doesNotExist();
        assertThat(root.resolve("d")).isEmptyDirectory();
        assertThat(names(root)).containsExactlyInAnyOrder("stays", "d");
    }

    @Test
    void anOpaqueDirectoryHidesAllThatIsBelowAndNothingOfItsOwnLayer() throws IOException, InterruptedException {
        Path root = mount(
                new TckLayer().directory("d", 0755).file("d/old", "x"),
                new TckLayer()
                        .directory("d", 0755)
                        .file("d/before", "x")
                        .opaque("d")
                        .file("d/after", "x"));

        assertThat(names(root.resolve("d"))).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void aWhiteoutHidesNothingOfItsOwnLayer() throws IOException, InterruptedException {
        Path root = mount(
                new TckLayer()
                        .file("a", "old")
                        .file("b", "old")
                        .directory("d", 0755)
                        .file("d/old", "x")
                        .directory("e", 0755)
                        .file("e/old", "x"),
                new TckLayer()
                        .whiteout("a")
                        .file("a", "new")
                        .file("b", "new")
                        .whiteout("b")
                        .whiteout("d")
                        .directory("d", 0755)
                        .file("d/new", "x")
                        .directory("e", 0755)
                        .file("e/new", "x")
                        .whiteout("e"));

        assertThat(root.resolve("a")).hasContent("new");
        assertThat(root.resolve("b")).hasContent("new");
        assertThat(names(root.resolve("d"))).containsExactly("new");
        assertThat(names(root.resolve("e"))).containsExactly("new");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }
}
