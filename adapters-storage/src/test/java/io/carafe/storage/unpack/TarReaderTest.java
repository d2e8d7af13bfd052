package io.carafe.storage.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.linux.file.DeviceNumber;
import io.carafe.linux.libc.CString;
import io.carafe.ports.tck.TckLayer;
import io.carafe.storage.unpack.TarEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private static final String LONG_NAME = "a-directory-with-a-long-name/".repeat(20) + "file-\u00e4";

    private record Read(TarEntry entry, String content) {}

    private static List<Read> read(byte[] tar) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(tar));
        List<Read> all = new ArrayList<>();
        for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[100];
            for (int count = reader.read(buffer, 0, 100); count > 0; count = reader.read(buffer, 0, 100)) {
                content.write(buffer, 0, count);
            }
            all.add(new Read(entry.get(), content.toString(StandardCharsets.UTF_8)));
        }
        return all;
    }

    private static byte[] archive(int longFiles, int bigNumbers, TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(longFiles);
            tar.setBigNumberMode(bigNumbers);
            tar.setAddPaxHeadersForNonAsciiNames(longFiles == TarArchiveOutputStream.LONGFILE_POSIX);
            for (TarArchiveEntry entry : entries) {
                byte[] content = entry.getLinkFlag() == TarConstants.LF_NORMAL
                        ? "content".getBytes(StandardCharsets.UTF_8)
                        : new byte[0];
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    /** A header of type 'x' with these records, then an empty file. */
    private static byte[] extended(byte[]... records) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] record : records) {
            content.writeBytes(record);
        }
        return new TckLayer()
                .entry("PaxHeader", 'x', 0644, "", content.toByteArray())
                .file("name", "")
                .plain();
    }

    private static byte[] record(String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.write('\n');
        return out.toByteArray();
    }

    private static byte[] record(String key, String value) {
        return record(key, value.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void longNamesAndLinksAreWhole(int mode) throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("link-" + LONG_NAME, TarConstants.LF_SYMLINK);
        link.setLinkName(LONG_NAME);
        List<Read> all = read(archive(
                mode,
                TarArchiveOutputStream.BIGNUMBER_STAR,
                new TarArchiveEntry(LONG_NAME),
                link,
                new TarArchiveEntry("short")));

        assertThat(all).extracting(r -> r.entry().name()).containsExactly(LONG_NAME, "link-" + LONG_NAME, "short");
        assertThat(all.get(1).entry().link()).isEqualTo(LONG_NAME);
        assertThat(all).extracting(Read::content).containsExactly("content", "", "content");
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.BIGNUMBER_STAR, TarArchiveOutputStream.BIGNUMBER_POSIX})
    void numbersThatAreTooLargeForOctalAreRead(int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("a");
        entry.setIds(0, 0);
        entry.setUserId(4_000_000_000L);
        entry.setGroupId(3_000_000_000L);
        entry.setModTime(-5000);
        TarEntry read = read(archive(TarArchiveOutputStream.LONGFILE_GNU, mode, entry))
                .getFirst()
                .entry();

        assertThat(read.user()).isEqualTo(4_000_000_000L);
        assertThat(read.group()).isEqualTo(3_000_000_000L);
        assertThat(read.modified()).isEqualTo(Instant.ofEpochSecond(-5));
    }

    @Test
    void kindsAndDevicesAreRead() throws IOException {
        TarArchiveEntry device = new TarArchiveEntry("null", TarConstants.LF_CHR);
        device.setDevMajor(1);
        device.setDevMinor(3);
        TarArchiveEntry disk = new TarArchiveEntry("disk", TarConstants.LF_BLK);
        disk.setDevMajor(254);
        disk.setDevMinor(16);
        TarArchiveEntry hard = new TarArchiveEntry("hard", TarConstants.LF_LINK);
        hard.setLinkName("file");
        List<Read> all = read(archive(
                TarArchiveOutputStream.LONGFILE_GNU,
                TarArchiveOutputStream.BIGNUMBER_STAR,
                new TarArchiveEntry("dir/"),
                new TarArchiveEntry("file"),
                hard,
                device,
                disk,
                new TarArchiveEntry("fifo", TarConstants.LF_FIFO)));

        assertThat(all)
                .extracting(r -> r.entry().kind())
                .containsExactly(
                        Kind.DIRECTORY, Kind.FILE, Kind.HARD_LINK, Kind.CHARACTER_DEVICE, Kind.BLOCK_DEVICE, Kind.FIFO);
        assertThat(all.get(3).entry().device()).isEqualTo(new DeviceNumber(1, 3));
        assertThat(all.get(4).entry().device()).isEqualTo(new DeviceNumber(254, 16));
    }

    @Test
    void anOldArchiveSaysDirectoryByASlash() throws IOException {
        byte[] tar = new TckLayer().entry("dir/", '\0', 0755, "", new byte[0]).plain();

        assertThat(read(tar).getFirst().entry().kind()).isEqualTo(Kind.DIRECTORY);
    }

    @Test
    void extendedHeadersOverrideAndHoldForOneEntry() throws IOException {
        byte[] tar = extended(
                record("path", "real name"),
                record("mtime", "-1.25"),
                record("uid", "7"),
                record("gid", "8"),
                record("comment", "\u00e4"));
        TarEntry entry = read(tar).getFirst().entry();

        assertThat(entry.name()).isEqualTo("real name");
        assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(-2, 750_000_000));
        assertThat(entry.user()).isEqualTo(7);
        assertThat(entry.group()).isEqualTo(8);
    }

    @Test
    void attributesAndNamesKeepTheirBytes() throws IOException {
        byte[] capability = {1, 0, 0, 2, 0, (byte) 0x80, (byte) 0xff, 0, '\n', '=', 0};
        byte[] name = {'n', (byte) 0xe4, 'n'};
        byte[] tar = extended(record("SCHILY.xattr.security.capability", capability), record("path", name));
        TarEntry entry = read(tar).getFirst().entry();

        assertThat(entry.attributes()).containsOnlyKeys("security.capability");
        assertThat(entry.attributes().get("security.capability")).isEqualTo(capability);
        assertThat(CString.of(entry.name())).isEqualTo(Arrays.copyOf(name, 4));
    }

    @Test
    void globalHeadersAndEmptyValuesSayNothing() throws IOException {
        byte[] tar = new TckLayer()
                .entry("g", 'g', 0644, "", record("path", "not for all"))
                .entry("x", 'x', 0644, "", record("path", ""))
                .file("name", "")
                .plain();

        assertThat(read(tar).getFirst().entry().name()).isEqualTo("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 a=b\n",
                "7 a=b\n",
                "6 a=b ",
                "6 ab \n\n",
                "99999999999999999999 a=b\n",
                "-6 a=b\n",
                "0 a=b\n",
                "a=b\n",
                "12 uid=none\n",
                "13 mtime=soon\n",
                "14 path=a\0/b\n",
                "10 uid=-1\n",
                "16 uid=4294967295\n",
                "11 size=-1\n"
            })
    void brokenExtendedHeadersAreRefused(String header) {
        byte[] tar = extended(header.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(tar)).isInstanceOf(BadArchive.class);
    }

    @Test
    void anEntryOfUnknownKindIsRefused() {
        assertThatThrownBy(() ->
                        read(new TckLayer().entry("a", 'V', 0, "", new byte[0]).plain()))
                .isInstanceOf(BadArchive.class)
                .hasMessageContaining("'V'");
    }

    @Test
    void anExtensionWithoutEndIsRefused() {
        byte[] tar =
                new TckLayer().entry("a", 'L', 0, "", new byte[(1 << 20) + 1]).plain();

        assertThatThrownBy(() -> read(tar)).isInstanceOf(BadArchive.class);
    }

    @Test
    void anEmptyArchiveHasNoEntries() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new TckLayer().plain())).isEmpty();
    }

    @Test
    void anArchiveMayEndWithoutZeros() throws IOException {
        byte[] tar = new TckLayer().file("a", "x").plain();

        assertThat(read(Arrays.copyOf(tar, 1024))).hasSize(1);
        assertThat(read(Arrays.copyOf(tar, 1536))).hasSize(1);
    }

    @Test
    void anArchiveCutAnywhereElseIsRefused() throws IOException {
        byte[] tar = archive(
                TarArchiveOutputStream.LONGFILE_POSIX,
                TarArchiveOutputStream.BIGNUMBER_POSIX,
                new TarArchiveEntry(LONG_NAME));
        int end = tar.length - 1024;
        while (TarHeader.isZero(Arrays.copyOfRange(tar, end - 512, end))) {
            end -= 512;
        }
        for (int length = 1; length < end; length++) {
            // after the extended header there is nothing that it could be for
            if (length % 512 != 0) {
                byte[] cut = Arrays.copyOf(tar, length);
                assertThatThrownBy(() -> read(cut)).as("cut to %s", length).isInstanceOf(BadArchive.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void flippedBytesAreReadOrRefusedAndNothingElse(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = archive(
                TarArchiveOutputStream.LONGFILE_POSIX,
                TarArchiveOutputStream.BIGNUMBER_STAR,
                new TarArchiveEntry(LONG_NAME),
                new TarArchiveEntry("b"));
        for (int i = 0; i < 2000; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
            try {
                assertThat(read(flipped)).hasSizeLessThan(10);
            } catch (BadArchive e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
