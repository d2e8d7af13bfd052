package io.carafe.oci.conmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.oci.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorFilesTest {
    private static final Instant TIME = Instant.parse("2026-11-24T01:02:03Z");

    @TempDir
    Path directory;

    private MonitorFiles files;

    @BeforeEach
    void make() throws IOException {
        files = new MonitorFiles(new Bundle(directory.resolve("bundle")));
        files.bundle().make();
    }

    @Test
    void nothingIsKnownAtFirst() throws IOException {
        assertThat(files.monitor()).isEmpty();
        assertThat(files.init()).isEmpty();
        assertThat(files.pid()).isEmpty();
        assertThat(files.exit()).isEmpty();
    }

    @Test
    void identitiesAreReadAsWritten() throws IOException {
        files.writeMonitor(new ProcessIdentity(1, 2));
        files.writeInit(new ProcessIdentity(3, 4));

        assertThat(files.monitor()).hasValue(new ProcessIdentity(1, 2));
        assertThat(files.init()).hasValue(new ProcessIdentity(3, 4));
    }

    @Test
    void exitHasTheTimeOfItsFile() throws IOException {
        Files.writeString(files.exitFile(), "137");
        Files.setLastModifiedTime(files.exitFile(), FileTime.from(TIME));

        assertThat(files.exit()).hasValue(ExitStatus.of(137, TIME, false));
        Files.createFile(files.oomFile());
        assertThat(files.exit()).hasValue(ExitStatus.of(137, TIME, true));
    }

    @Test
    void exitCodeCountsMoreThanItsLoss() throws IOException {
        files.writeLost("first");
        files.writeLost("second");
        assertThat(files.exit().orElseThrow().message()).isEqualTo("first");
        assertThat(files.exit().orElseThrow().code()).isEqualTo(ExitStatus.UNKNOWN_CODE);

        Files.writeString(files.exitFile(), "0");
        assertThat(files.exit().orElseThrow().code()).isZero();
    }

    @Test
    void pidFileThatIsStillEmptyIsNotThereYet() throws IOException {
        Files.createFile(files.pidFile());
        assertThat(files.pid()).isEmpty();

        Files.writeString(files.pidFile(), "4711");
        assertThat(files.pid()).hasValue(4711L);

        Files.writeString(files.pidFile(), "x");
        assertThatThrownBy(files::pid).isInstanceOf(IOException.class).hasMessageContaining("pid");
    }

    @Test
    void bundleIsRemovedOnceAndAgain() {
        files.bundle().remove();
        assertThat(files.bundle().exists()).isFalse();
        files.bundle().remove();
    }
}
