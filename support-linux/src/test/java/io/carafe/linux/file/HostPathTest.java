package io.carafe.linux.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPathTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void linksAreFollowed() throws Exception {
        Path real = Files.createDirectory(directory.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        assertThat(HostPath.look(link, LONG)).isEqualTo(new HostPath(true, true, real));
    }

    @Test
    void danglingLinkDoesNotExist() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("absent"));

        assertThat(HostPath.look(link, LONG)).isEqualTo(new HostPath(false, false, link));
    }
}
