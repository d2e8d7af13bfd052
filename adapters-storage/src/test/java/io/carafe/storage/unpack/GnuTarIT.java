package io.carafe.storage.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.file.FileStatus;
import io.carafe.ports.tck.TckLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GNU tar writes, in all the formats it knows, comes back as it was. */
class GnuTarIT extends UnpackFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=v7",
                "--format=ustar",
                "--format=oldgnu",
                "--format=gnu",
                "--format=posix",
                "--format=gnu --sparse",
                "--format=oldgnu --sparse",
                "--format=posix --sparse --sparse-version=0.0",
                "--format=posix --sparse --sparse-version=0.1",
                "--format=posix --sparse --sparse-version=1.0"
            })
    void aTreeComesBack(String options) throws IOException, InterruptedException {
        Path tree = tree(options.contains("v7") || options.contains("ustar"));
        Path archive = directory.resolve("archive.tar");
        List<String> command = new ArrayList<>(List.of("tar", "-C", tree.toString(), "-cf", archive.toString()));
        command.addAll(List.of(options.split(" ")));
        command.add(".");
        Process tar = new ProcessBuilder(command).inheritIO().start();
        assertThat(tar.waitFor()).isZero();
        byte[] bytes = Files.readAllBytes(archive);

        unpack(new ByteArrayInputStream(bytes), TckLayer.digest(bytes), target);

        assertThat(names(target)).isEqualTo(names(tree));
        for (String name : names(tree)) {
            same(tree.resolve(name), target.resolve(name), options);
        }
        if (options.contains("sparse")) {
            assertThat(FileStatus.of(target.resolve("sparse")).orElseThrow().allocated())
                    .isLessThan(2 << 20);
        }
    }

    private static void same(Path expected, Path actual, String options) throws IOException {
        FileStatus wanted = FileStatus.of(expected).orElseThrow();
        FileStatus found = FileStatus.of(actual).orElseThrow();
        assertThat(found.type()).as(actual.toString()).isEqualTo(wanted.type());
        assertThat(found.mode()).as(actual.toString()).isEqualTo(wanted.mode());
        assertThat(found.user()).as(actual.toString()).isEqualTo(wanted.user());
        assertThat(found.size()).as(actual.toString()).isEqualTo(wanted.size());
        // only this format has fractions of seconds
        assertThat(found.modified())
                .as(actual.toString())
                .isEqualTo(
                        options.contains("posix")
                                ? wanted.modified()
                                : wanted.modified().truncatedTo(ChronoUnit.SECONDS));
        if (Files.isSymbolicLink(expected)) {
            assertThat(Files.readSymbolicLink(actual)).isEqualTo(Files.readSymbolicLink(expected));
        } else if (Files.isRegularFile(expected)) {
            assertThat(Files.mismatch(expected, actual)).as(actual.toString()).isEqualTo(-1);
        }
    }

    private Path tree(boolean shortNames) throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Path deep = Files.createDirectories(tree.resolve(shortNames ? "a/b" : "a-long-directory-name/".repeat(12)));
        Files.writeString(deep.resolve("file"), "deep");
        Files.createSymbolicLink(tree.resolve("link"), shortNames ? Path.of("a/b") : tree.relativize(deep));
        Files.createLink(tree.resolve("hard"), deep.resolve("file"));
        Files.createFile(tree.resolve("empty"));
        byte[] random = new byte[300_001];
        new Random(1).nextBytes(random);
        Files.write(tree.resolve("large"), random);
        // more segments than a header block and one more can hold, and a hole at the end
        try (RandomAccessFile sparse =
                new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
            for (int i = 0; i < 60; i++) {
                sparse.seek(i * 200_000L);
                sparse.write(("segment " + i).getBytes(StandardCharsets.UTF_8));
            }
            sparse.setLength(16 << 20);
        }
        return tree;
    }

    private static List<String> names(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.map(path -> tree.relativize(path).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        }
    }
}
