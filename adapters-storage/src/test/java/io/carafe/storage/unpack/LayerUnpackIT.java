package io.carafe.storage.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.file.DeviceNumber;
import io.carafe.linux.file.FileEntry;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.file.FileType;
import io.carafe.linux.file.RootedDirectory;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.tck.TckLayer;
import io.carafe.ports.tck.TckTasks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LayerUnpackIT extends UnpackFixture {
    private FileStatus status(String path) {
        return FileStatus.of(target.resolve(path)).orElseThrow();
    }

    @Test
    void ownersModesDevicesAndFifosAreThoseOfTheArchive() throws InterruptedException {
        TckLayer layer = new TckLayer()
                .file("su", 04755, "x")
                .directory("tmp", 01777)
                .directory("shared", 02775)
                .file("shared/f", 0600, "x")
                .entry("null", '3', 0666, "", new byte[0])
                .entry("fifo", '6', 0622, "", new byte[0]);

        unpack(layer);

        assertThat(status("su").mode()).isEqualTo(04755);
        assertThat(status("tmp").mode()).isEqualTo(01777);
        assertThat(status("shared").mode()).isEqualTo(02775);
        assertThat(status("shared/f").mode()).isEqualTo(0600);
        assertThat(status("shared/f").group()).isZero();
        assertThat(status("null").type()).isEqualTo(FileType.CHARACTER_DEVICE);
        assertThat(status("null").mode()).isEqualTo(0666);
        assertThat(status("fifo").type()).isEqualTo(FileType.FIFO);
        assertThat(status("fifo").mode()).isEqualTo(0622);
        assertThat(status("fifo").modified().getEpochSecond()).isEqualTo(TckLayer.MODIFIED);
    }

    @Test
    void attributesSurviveTheChangeOfOwner() throws InterruptedException {
        byte[] capability = HexFormat.of().parseHex("0100000200200080000000000000000000000000");
        TckLayer layer = new TckLayer()
                .entry("x", 'x', 0, "", record("SCHILY.xattr.security.capability", capability))
                .file("ping", 0755, "x")
                .entry("x", 'x', 0, "", record("SCHILY.xattr.user.note", new byte[] {(byte) 0xff}))
                .directory("d", 0755);

        unpack(layer);

        try (FileEntry ping = FileEntry.of(target.resolve("ping"));
                FileEntry d = FileEntry.of(target.resolve("d"))) {
            assertThat(ping.attribute("security.capability")).contains(capability);
            assertThat(d.attribute("user.note")).contains(new byte[] {(byte) 0xff});
        }
    }

    @Test
    void anArchiveCannotSpeakToOverlayfs() throws InterruptedException {
        byte[] redirect = "/etc".getBytes(StandardCharsets.UTF_8);
        TckLayer layer = new TckLayer()
                .entry("x", 'x', 0, "", record("SCHILY.xattr.trusted.overlay.redirect", redirect))
                .directory("d", 0755);

        unpack(layer);

        try (FileEntry d = FileEntry.of(target.resolve("d"))) {
            assertThat(d.attribute("trusted.overlay.redirect")).isEmpty();
        }
    }

    @Test
    void whiteoutsAreDevicesAndOpaqueDirectoriesHaveAMark() throws InterruptedException {
        unpack(new TckLayer().whiteout("a/gone").opaque("b"));

        assertThat(status("a/gone").type()).isEqualTo(FileType.CHARACTER_DEVICE);
        assertThat(status("a/gone").device()).isEqualTo(DeviceNumber.NONE);
        assertThat(target.resolve("a/.wh.gone")).doesNotExist();
        try (FileEntry b = FileEntry.of(target.resolve("b"))) {
            assertThat(b.attribute("trusted.overlay.opaque")).contains(new byte[] {'y'});
        }
        assertThat(target.resolve("b")).isEmptyDirectory();
    }

    @Test
    void aWhiteoutOfARunningUpdateIsCoveredByWhatComesBelowIt() throws InterruptedException {
        unpack(new TckLayer().whiteout("d").file("d/new", "x"));

        assertThat(target.resolve("d/new")).hasContent("x");
        try (FileEntry d = FileEntry.of(target.resolve("d"))) {
            assertThat(d.attribute("trusted.overlay.opaque")).contains(new byte[] {'y'});
        }
    }

    @Test
    void whiteoutsThatHideNoFileAreRefused() {
        for (String name : new String[] {".wh.", "d/.wh..", ".wh..."}) {
            assertThatThrownBy(() -> unpack(new TckLayer().file(name, "")))
                    .as(name)
                    .isInstanceOf(Fault.Corrupt.class);
        }
    }

    @Test
    void marksOfAufsAreLeftOut() throws InterruptedException {
        unpack(new TckLayer().directory(".wh..wh.plnk", 0700).file(".wh..wh.aufs", "x"));

        assertThat(target).isEmptyDirectory();
    }

    @Test
    void directoriesThatTheArchiveLeavesOutAreNamed() throws InterruptedException {
        UnpackedLayer layer = unpack(new TckLayer()
                .directory("described", 0755)
                .file("described/missing/deeper/f", "x")
                .file("late/f", "x")
                .directory("late", 0700));

        assertThat(layer.implicitDirectories()).containsExactly("", "described/missing", "described/missing/deeper");
        assertThat(layer.opaqueRoot()).isFalse();
        assertThat(status("late").mode()).isEqualTo(0700);
    }

    @Test
    void theRootIsDescribedLikeAnyDirectory() throws InterruptedException {
        UnpackedLayer layer = unpack(new TckLayer().directory(".", 0711).file(".wh..wh..opq", ""));

        assertThat(layer.implicitDirectories()).isEmpty();
        assertThat(layer.opaqueRoot()).isTrue();
        assertThat(FileStatus.of(target).orElseThrow().mode()).isEqualTo(0711);
    }

    @Test
    void namesThatAreNotUtf8StayDifferent() throws InterruptedException {
        TckLayer layer = new TckLayer()
                .entry("x", 'x', 0, "", record("path", new byte[] {'n', (byte) 0xe4}))
                .file("a", "1")
                .entry("x", 'x', 0, "", record("path", new byte[] {'n', (byte) 0xf6}))
                .file("b", "2");

        unpack(layer);

        try (RootedDirectory root = RootedDirectory.open(target)) {
            assertThat(root.list("")).containsExactlyInAnyOrder("n\udce4", "n\udcf6");
            assertThat(root.read("n\udce4", 10)).contains(new byte[] {'1'});
        }
    }

    @Test
    void zstdIsTakenAlsoInSeveralFrames() throws InterruptedException {
        TckLayer layer = new TckLayer().file("a", "x".repeat(100_000)).file("b", "y");
        byte[] plain = layer.plain();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(Zstd.compress(Arrays.copyOf(plain, 70_000)));
        // a skippable frame, as zstd:chunked images end with
        frames.writeBytes(HexFormat.of().parseHex("502a4d1803000000616263"));
        frames.writeBytes(Zstd.compress(Arrays.copyOfRange(plain, 70_000, plain.length)));

        unpack(frames.toByteArray(), layer.diffId());

        assertThat(target.resolve("a")).hasSize(100_000);
        assertThat(target.resolve("b")).hasContent("y");
    }

    @Test
    void gzipInManyMembersIsReadToItsEndThoughTheNetworkDribbles() throws IOException, InterruptedException {
        TckLayer layer = new TckLayer().file("a", "x".repeat(5000)).file("b", "y");
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (byte[] part : halves(layer.plain())) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(members)) {
                gzip.write(part);
            }
        }
        InputStream dribble = new ByteArrayInputStream(members.toByteArray()) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 7));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };

        unpack(dribble, layer.diffId(), target);

        assertThat(target.resolve("b")).hasContent("y");
    }

    @Test
    void aDiffIdMayBeSha512() throws InterruptedException, NoSuchAlgorithmException {
        TckLayer layer = new TckLayer().file("a", "x");
        String hex =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(layer.plain()));

        unpack(layer.gzip(), new Digest("sha512:" + hex));

        assertThat(target.resolve("a")).hasContent("x");
    }

    @Test
    void whatIsNoTarArchiveIsUnsupported() {
        for (String mediaType :
                new String[] {"application/vnd.in-toto+json", "application/wasm", MEDIA_TYPE + "+encrypted", ""}) {
            Descriptor descriptor = new Descriptor(mediaType, Digest.sha256("00".repeat(32)), new Bytes(1));
            assertThatThrownBy(() -> new LayerUnpack(new TckTasks())
                            .unpack(descriptor, new TckLayer().diffId(), new ByteArrayInputStream(new byte[0]), target))
                    .isInstanceOf(Fault.Unsupported.class)
                    .hasMessageContaining("media type");
        }
    }

    @Test
    void damagedCompressionIsCorrupt() {
        TckLayer layer = new TckLayer().file("a", HexFormat.of().formatHex(random(50_000)));
        byte[] gzip = layer.gzip();
        gzip[gzip.length / 2] ^= 0x55;
        byte[] zstd = Zstd.compress(layer.plain());
        zstd[zstd.length / 2] ^= 0x55;

        assertThatThrownBy(() -> unpack(gzip, layer.diffId())).isInstanceOf(Fault.Corrupt.class);
        assertThatThrownBy(() -> unpack(zstd, layer.diffId())).isInstanceOf(Fault.Corrupt.class);
        assertThatThrownBy(() -> unpack(Arrays.copyOf(zstd, zstd.length / 3), layer.diffId()))
                .isInstanceOf(Fault.Corrupt.class);
    }

    @Test
    void aFullDiskIsExhausted() throws IOException, InterruptedException {
        Path small = Files.createDirectory(directory.resolve("small"));
        Mounts.tmpfs(small, 1 << 20, 0755);
        try {
            TckLayer layer = new TckLayer().file("a", HexFormat.of().formatHex(random(2 << 20)));

            assertThatThrownBy(() -> unpack(layer.open(), layer.diffId(), small))
                    .isInstanceOf(Fault.Exhausted.class)
                    .hasMessageContaining(layer.diffId().hex());
        } finally {
            Mounts.unmount(small);
        }
    }

    @Test
    void anInterruptEndsItWhileTheNetworkIsSilent() throws IOException, InterruptedException {
        TckLayer layer = new TckLayer().file("a", "x");
        try (PipedOutputStream silent = new PipedOutputStream()) {
            PipedInputStream source = new PipedInputStream(silent);
            silent.write(layer.gzip(), 0, 20);
            AtomicReference<Throwable> ended = new AtomicReference<>(new AssertionError("it succeeded"));
            Thread unpacking = Thread.ofVirtual().start(() -> {
                try {
                    unpack(source, layer.diffId(), target);
                } catch (InterruptedException | RuntimeException e) {
                    ended.set(e);
                }
            });

            unpacking.interrupt();
            assertThat(unpacking.join(Duration.ofSeconds(10))).isTrue();

            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[][] halves(byte[] bytes) {
        return new byte[][] {
            Arrays.copyOf(bytes, bytes.length / 3), Arrays.copyOfRange(bytes, bytes.length / 3, bytes.length)
        };
    }

    private static byte[] record(String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + Integer.toString(rest + 2).length();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.write('\n');
        return out.toByteArray();
    }
}
