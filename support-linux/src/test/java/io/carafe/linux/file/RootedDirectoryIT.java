package io.carafe.linux.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedDirectoryIT {
    @TempDir
    Path outside;

    Path rootfs;
    RootedDirectory root;

    @BeforeEach
    void open() throws IOException {
        rootfs = Files.createDirectory(outside.resolve("rootfs"));
        root = RootedDirectory.open(rootfs);
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void absoluteLinkStaysInside() throws IOException {
        Files.createDirectory(outside.resolve("etc"));
        Files.createDirectory(rootfs.resolve("etc"));
        Files.createSymbolicLink(rootfs.resolve("escape"), outside.resolve("etc"));
        Files.createSymbolicLink(rootfs.resolve("inside"), Path.of("/etc"));

        assertThatThrownBy(() -> root.entry("escape/passwd"))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.isMissing()).isTrue());
        write("inside/passwd", "root");

        assertThat(rootfs.resolve("etc/passwd")).hasContent("root");
    }

    @Test
    void parentOfTheRootIsTheRoot() throws IOException {
        Files.writeString(outside.resolve("secret"), "outside");

        assertThat(root.read("../secret", 100)).isEmpty();
        write("../../inside", "x");

        assertThat(rootfs.resolve("inside")).hasContent("x");
    }

    @Test
    void parentAsLastNameIsRefused() {
        assertThatThrownBy(() -> root.entry("usr/.."))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void nameWithNulIsRefused() {
        assertThatThrownBy(() -> root.entry("a\0b")).hasMessageContaining("NUL");
    }

    @Test
    void linkAtTheLastNameIsNotFollowedByEntry() throws IOException {
        Path victim = Files.writeString(outside.resolve("victim"), "safe");
        Files.createSymbolicLink(rootfs.resolve("link"), victim);

        try (FileEntry entry = root.entry("link")) {
            assertThatThrownBy(() -> entry.createFile(0644)).hasMessageContaining("EEXIST");
            entry.setOwner(7, 8);
            entry.setModified(Instant.ofEpochSecond(1000));
            assertThatThrownBy(() -> entry.setMode(0777)).isInstanceOf(LinuxException.class);
            assertThat(entry.remove()).isTrue();
        }

        assertThat(victim).hasContent("safe");
        assertThat(Files.getAttribute(victim, "unix:uid")).isEqualTo(0);
    }

    @Test
    void makeDirectoriesFollowsADanglingLinkInsideTheRoot() throws IOException {
        Files.createDirectory(rootfs.resolve("var"));
        Files.createSymbolicLink(rootfs.resolve("var/run"), Path.of("/run"));
        Files.createSymbolicLink(rootfs.resolve("var/up"), Path.of("../../../made"));

        root.makeDirectories("var/run/lock");
        root.makeDirectories("var/up/sub");

        assertThat(rootfs.resolve("run/lock")).isDirectory();
        assertThat(rootfs.resolve("made/sub")).isDirectory();
        assertThat(outside.resolve("made")).doesNotExist();
    }

    @Test
    void makeDirectoriesThroughALoopFails() throws IOException {
        Files.createSymbolicLink(rootfs.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(rootfs.resolve("b"), Path.of("a"));

        assertThatThrownBy(() -> root.makeDirectories("a/x")).hasMessageContaining("ELOOP");
    }

    @Test
    void readRefusesAFifoAndATooBigFile() throws IOException {
        try (FileEntry fifo = root.entry("fifo")) {
            fifo.makeNode(FileType.FIFO, 0600, DeviceNumber.NONE);
        }
        write("big", "0123456789");

        assertThatThrownBy(() -> root.read("fifo", 10)).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> root.read("big", 9)).hasMessageContaining("EFBIG");
        assertThat(root.read("big", 10)).hasValueSatisfying(c -> assertThat(c).hasSize(10));
        assertThat(root.read("big/x", 10)).isEmpty();
    }

    @Test
    void entryKeepsOwnerModeTimeAndAttributes() throws IOException {
        write("file", "x");
        Instant time = Instant.ofEpochSecond(1_500_000_000L, 123_456_789);
        try (FileEntry entry = root.entry("file")) {
            entry.setOwner(1000, 1001);
            entry.setMode(06755);
            entry.setAttribute("user.note", "hello".getBytes(UTF_8));
            entry.setAttribute("trusted.overlay.opaque", "y".getBytes(UTF_8));
            entry.setModified(time);

            FileStatus status = entry.status().orElseThrow();
            assertThat(status.type()).isEqualTo(FileType.REGULAR);
            assertThat(status.mode()).isEqualTo(06755);
            assertThat(status.user()).isEqualTo(1000);
            assertThat(status.group()).isEqualTo(1001);
            assertThat(status.size()).isEqualTo(1);
            assertThat(status.modified()).isEqualTo(time);
            assertThat(entry.attributes()).contains("user.note", "trusted.overlay.opaque");
            assertThat(entry.attribute("user.note"))
                    .hasValueSatisfying(
                            value -> assertThat(value).asString(UTF_8).isEqualTo("hello"));
            assertThat(entry.attribute("user.none")).isEmpty();
        }
    }

    @Test
    void nodesLinksAndNamesInUnicode() throws IOException {
        root.makeDirectories("größe/数");
        write("größe/数/первый", "one");
        try (FileEntry first = root.entry("größe/数/первый");
                FileEntry second = root.entry("second");
                FileEntry whiteout = root.entry("whiteout");
                FileEntry device = root.entry("null");
                FileEntry link = root.entry("link")) {
            second.makeHardLink(first);
            whiteout.makeNode(FileType.CHARACTER_DEVICE, 0, DeviceNumber.NONE);
            device.makeNode(FileType.CHARACTER_DEVICE, 0666, new DeviceNumber(1, 3));
            link.makeSymbolicLink("/größe/数/первый");

            assertThat(second.status())
                    .hasValueSatisfying(s -> assertThat(s.links()).isEqualTo(2));
            assertThat(second.status().map(FileStatus::id))
                    .isEqualTo(first.status().map(FileStatus::id));
            assertThat(whiteout.status())
                    .hasValueSatisfying(s -> assertThat(s.device()).isEqualTo(DeviceNumber.NONE));
            assertThat(device.status())
                    .hasValueSatisfying(s -> assertThat(s.device()).isEqualTo(new DeviceNumber(1, 3)));
            assertThat(link.linkTarget()).isEqualTo("/größe/数/первый");
        }
        assertThat(root.read("link", 10))
                .hasValueSatisfying(c -> assertThat(c).asString(UTF_8).isEqualTo("one"));
        assertThat(root.status("link"))
                .hasValueSatisfying(s -> assertThat(s.type()).isEqualTo(FileType.REGULAR));
        assertThat(root.list("größe")).containsExactly("数");
    }

    @Test
    void emptyPathIsTheRootItself() throws IOException {
        for (String path : new String[] {"", "/", "./", "."}) {
            try (FileEntry entry = root.entry(path)) {
                entry.setMode(0711);
                entry.setOwner(3, 4);
                entry.setAttribute("user.root", path.getBytes(UTF_8));
                entry.setModified(Instant.EPOCH);
            }
        }
        assertThat(Files.getAttribute(rootfs, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(3);
        assertThat(root.list("")).isEmpty();
    }

    private void write(String path, String content) throws IOException {
        try (FileEntry entry = root.entry(path);
                FileChannel channel = entry.createFile(0644)) {
            channel.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
        }
    }
}
