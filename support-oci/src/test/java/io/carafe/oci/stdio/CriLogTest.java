package io.carafe.oci.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriLogTest {
    private static final Instant NOW = Instant.parse("2026-11-23T16:46:21.000000165Z");
    private static final String TIME = "2026-11-23T16:46:21.000000165+00:00";

    @TempDir
    Path directory;

    private static String lines(String text) {
        return new String(CriLog.lines("stdout", text.getBytes(StandardCharsets.UTF_8), NOW), StandardCharsets.UTF_8);
    }

    @Test
    void everyLineHasTimeStreamAndTag() {
        assertThat(lines("one\ntwo\n")).isEqualTo(TIME + " stdout F one\n" + TIME + " stdout F two\n");
    }

    @Test
    void unfinishedLineIsPartialAndItsEndMayBeEmpty() {
        assertThat(lines("one\ntw")).isEqualTo(TIME + " stdout F one\n" + TIME + " stdout P tw\n");
        assertThat(lines("\nthree\n")).isEqualTo(TIME + " stdout F \n" + TIME + " stdout F three\n");
    }

    @Test
    void carriageReturnsAndOddBytesStay() {
        assertThat(lines("a\r\n")).isEqualTo(TIME + " stdout F a\r\n");
        assertThat(CriLog.lines("stderr", new byte[] {(byte) 0xff, 0, '\n'}, NOW))
                .endsWith(0xff, 0, '\n');
        assertThat(lines("")).isEmpty();
    }

    @Test
    void whatIsWrittenAfterReopeningIsInTheNewFile() throws IOException {
        Path path = directory.resolve("0.log");
        try (CriLog log = CriLog.open(path, () -> NOW)) {
            log.write("stdout", "before\n".getBytes(StandardCharsets.UTF_8));
            Files.move(path, directory.resolve("rotated"));
            log.reopen();
            log.write("stderr", "after\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(directory.resolve("rotated")).hasContent(TIME + " stdout F before");
        assertThat(path).hasContent(TIME + " stderr F after");
    }

    @Test
    void logGoesOnWhereItWas() throws IOException {
        Path path = directory.resolve("0.log");
        for (String text : new String[] {"one\n", "two\n"}) {
            try (CriLog log = CriLog.open(path, () -> NOW)) {
                log.write("stdout", text.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(Files.readAllLines(path)).hasSize(2);
    }

    @Test
    void logThatCannotBeOpenedIsAFailure() {
        assertThatThrownBy(() -> CriLog.open(directory.resolve("no/such/0.log"), () -> NOW))
                .isInstanceOf(IOException.class);
    }
}
