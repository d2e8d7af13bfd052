package io.carafe.linux.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsIT {
    @TempDir
    Path directory;

    Path source;
    Path target;

    @BeforeEach
    void make() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        target = Files.createDirectory(directory.resolve("target"));
        Files.writeString(source.resolve("file"), "content");
    }

    @AfterEach
    void unmount() {
        Mounts.unmountTree(directory);
    }

    @Test
    void bindShowsTheSourceUntilUnmounted() {
        Mounts.bind(source, target);
        assertThat(target.resolve("file")).hasContent("content");

        assertThat(Mounts.unmount(target)).isTrue();
        assertThat(target.resolve("file")).doesNotExist();
    }

    @Test
    void unmountOfNothingSucceeds() {
        assertThat(Mounts.unmount(target)).isFalse();
        assertThat(Mounts.unmount(directory.resolve("absent"))).isFalse();
        assertThat(Mounts.unmountTree(directory.resolve("absent"))).isZero();
    }

    @Test
    void failureNamesCallPathAndError() {
        assertThatThrownBy(() -> Mounts.bind(directory.resolve("absent"), target))
                .isInstanceOfSatisfying(LinuxException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.ENOENT);
                    assertThat(e.call()).isEqualTo("mount");
                })
                .hasMessageContaining(target.toString());
    }

    @Test
    void recursiveBindCarriesMountsBelowAndPlainDoesNot() throws IOException {
        Path below = Files.createDirectory(source.resolve("below"));
        Mounts.tmpfs(below, 1 << 16, 0755);
        Files.writeString(below.resolve("inner"), "x");

        Mounts.bindRecursive(source, target);
        assertThat(target.resolve("below/inner")).exists();
        Mounts.unmountTree(target);

        Mounts.bind(source, target);
        assertThat(target.resolve("below/inner")).doesNotExist();
    }

    @Test
    void readOnlyBindRefusesWritesAndKeepsRestrictions() throws IOException {
        Path memory = Files.createDirectory(directory.resolve("memory"));
        Mounts.tmpfs(memory, 1 << 16, 01777);
        Mounts.bind(memory, target);

        Mounts.remountReadOnly(target);

        assertThatThrownBy(() -> Files.writeString(target.resolve("new"), "x")).isInstanceOf(FileSystemException.class);
        assertThat(MountTable.read().at(target).orElseThrow().options()).contains("ro", "nosuid", "nodev", "noexec");
        assertThat(Files.writeString(memory.resolve("new"), "x")).exists();
    }

    @Test
    void recursiveReadOnlyReachesMountsBelow() throws IOException {
        Path below = Files.createDirectory(source.resolve("below"));
        Mounts.tmpfs(below, 1 << 16, 0755);
        Mounts.bindRecursive(source, target);

        Mounts.remountReadOnlyRecursive(target);

        assertThatThrownBy(() -> Files.writeString(target.resolve("below/new"), "x"))
                .isInstanceOf(FileSystemException.class)
                .isNotInstanceOf(AccessDeniedException.class);
        assertThat(Files.writeString(below.resolve("new"), "x")).exists();
    }

    @Test
    void propagationIsSet() {
        Mounts.bind(source, target);

        Mounts.setPropagation(target, Propagation.PRIVATE);
        assertThat(MountTable.read().at(target).orElseThrow().isShared()).isFalse();
        Mounts.setPropagationRecursive(target, Propagation.SHARED);
        assertThat(MountTable.read().at(target).orElseThrow().isShared()).isTrue();
    }

    @Test
    void tmpfsHasItsSizeAndMode() throws IOException {
        Mounts.tmpfs(target, 1 << 16, 01777);

        MountPoint mount = MountTable.read().at(target).orElseThrow();
        assertThat(mount.type()).isEqualTo("tmpfs");
        assertThat(mount.superOptions()).contains("size=64k");
        assertThat(Files.getAttribute(target, "unix:mode")).isEqualTo(041777);
        assertThatThrownBy(() -> Files.write(target.resolve("big"), new byte[1 << 17]))
                .isInstanceOf(IOException.class);
    }

    @Test
    void overlayStacksLayersTopmostFirst() throws IOException {
        overlayOf(layers(3, "layer"));

        assertThat(target.resolve("common")).hasContent("0");
        assertThat(target.resolve("only2")).exists();
        Files.writeString(target.resolve("new"), "x");
        assertThat(directory.resolve("upper/new")).exists();
    }

    @Test
    void overlayOfMoreLayersThanAPageOfOptionsHolds() throws IOException {
        List<Path> layers = layers(127, "a-layer-with-a-name-of-some-length-as-digests-have-");

        overlayOf(layers);

        assertThat(target.resolve("common")).hasContent("0");
        assertThat(target.resolve("only126")).exists();
    }

    @Test
    void overlayTakesPathsWithSeparators() throws IOException {
        overlayOf(layers(2, "co:lon,com\\ma"));

        assertThat(target.resolve("only1")).exists();
    }

    @Test
    void overlayWithoutUpperIsReadOnly() throws IOException {
        new OverlayMount(layers(2, "layer"), Optional.empty(), List.of()).mount(target);

        assertThatThrownBy(() -> Files.writeString(target.resolve("new"), "x")).isInstanceOf(FileSystemException.class);
    }

    private List<Path> layers(int count, String name) throws IOException {
        List<Path> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path layer = Files.createDirectory(directory.resolve(name + i));
            Files.writeString(layer.resolve("common"), Integer.toString(i));
            Files.writeString(layer.resolve("only" + i), "");
            layers.add(layer);
        }
        return layers;
    }

    private void overlayOf(List<Path> layers) throws IOException {
        Path upper = Files.createDirectory(directory.resolve("upper"));
        Path work = Files.createDirectory(directory.resolve("work"));
        new OverlayMount(layers, Optional.of(new OverlayMount.Writable(upper, work)), List.of()).mount(target);
    }
}
