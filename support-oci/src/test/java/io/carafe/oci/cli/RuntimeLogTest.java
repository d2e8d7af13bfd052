package io.carafe.oci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeLogTest {
    @TempDir
    Path directory;

    @Test
    void lastErrorIsFoundAmongOtherLines() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), """
                {"level":"error","msg":"first","time":"2026-11-24T00:00:00Z"}
                {"level":"error","msg":"last","time":"2026-11-24T00:00:01Z"}
                {"level":"warning","msg":"later","time":"2026-11-24T00:00:02Z"}
                {"level":"er""");

        assertThat(new RuntimeLog(file).lastError()).isEqualTo("last");
    }

    @Test
    void objectsNeedNotEndTheirLines() throws IOException {
        Path file = Files.writeString(
                directory.resolve("log"),
                "{\"msg\":\"first }{\",\"level\":\"error\"}{\"msg\":\"last \\\"}{\\\"\",\"level\":\"error\"}");

        assertThat(new RuntimeLog(file).lastError()).isEqualTo("last \"}{\"");
    }

    @Test
    void noLogHasNoError() {
        assertThat(new RuntimeLog(directory.resolve("none")).lastError()).isEmpty();
    }

    @Test
    void unreadableLogSaysSo() {
        assertThat(new RuntimeLog(directory).lastError()).contains(directory.toString());
    }
}
