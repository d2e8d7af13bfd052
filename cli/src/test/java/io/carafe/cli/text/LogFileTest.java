package io.carafe.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.cli.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class LogFileTest {
    private static final String TIME = "2026-11-24T03:00:10.492228505Z ";

    @TempDir
    private Path dir;

    private final Capture capture = new Capture();
    private Path file = Path.of("unset");

    @BeforeEach
    void name() {
        file = dir.resolve("0.log");
    }

    @Test
    void streamsGoWhereTheyBelong() throws IOException {
        write("stdout F one", "stderr F two", "stdout F ", "stdout F  spaced  out");
        log(false).print(Integer.MAX_VALUE);
        assertThat(capture.out()).isEqualTo("one\n\n spaced  out\n");
        assertThat(capture.err()).isEqualTo("two\n");
    }

    @Test
    void partialLinesAreJoinedPerStream() throws IOException {
        write("stdout P one ", "stderr F between", "stdout P and ", "stdout F two");
        log(false).print(Integer.MAX_VALUE);
        assertThat(capture.out()).isEqualTo("one and two\n");
        assertThat(capture.err()).isEqualTo("between\n");
    }

    @Test
    void timeStandsBeforeEachLineAndNotWithinOne() throws IOException {
        write("stdout P one ", "stdout F two", "stdout F three");
        log(true).print(Integer.MAX_VALUE);
        assertThat(capture.out()).isEqualTo(TIME + "one two\n" + TIME + "three\n");
    }

    @Test
    void tailIsTheLastLines() throws IOException {
        write("stdout F one", "stdout F two", "stdout F three");
        log(false).print(2);
        assertThat(capture.out()).isEqualTo("two\nthree\n");
    }

    @Test
    void lineThatIsNoLogLineIsShownAsItIs() throws IOException {
        Files.writeString(file, "garbage\nmore garbage\n");
        log(false).print(Integer.MAX_VALUE);
        assertThat(capture.out()).isEqualTo("garbage\nmore garbage\n");
    }

    @Test
    void bytesThatAreNoTextStayWhatTheyAre() throws IOException {
        var line = (TIME + "stdout F ?\n").getBytes(UTF_8);
        line[line.length - 2] = (byte) 0xff;
        Files.write(file, line);
        log(false).print(Integer.MAX_VALUE);
        assertThat(capture.outBytes()).containsExactly(0xff, '\n');
    }

    @Test
    void followGoesOnInTheNextFileAfterARotationAndEndsWithTheContainer() throws IOException, InterruptedException {
        write("stdout F one");
        var steps = new ArrayDeque<Step>(List.of(
                () -> write("stdout F two"),
                () -> Files.move(file, dir.resolve("0.log.rotated")),
                () -> {},
                () -> write("stdout F three"),
                () -> write("stdout F four")));
        log(false).follow(Integer.MAX_VALUE, () -> {
            if (steps.isEmpty()) {
                return true;
            }
            steps.removeFirst().now();
            return false;
        });
        assertThat(capture.out()).isEqualTo("one\ntwo\nthree\nfour\n");
    }

    @Test
    void whatWasWrittenJustBeforeTheEndIsNotLost() throws IOException, InterruptedException {
        write("stdout F one");
        log(false).follow(Integer.MAX_VALUE, () -> {
            new StepOf(() -> write("stdout F last")).now();
            return true;
        });
        assertThat(capture.out()).isEqualTo("one\nlast\n");
    }

    @Test
    void followOfALogThatNeverComesEndsWithTheContainer() throws IOException, InterruptedException {
        log(false).follow(Integer.MAX_VALUE, () -> true);
        assertThat(capture.out()).isEmpty();
    }

    @Test
    void missingLogIsAnError() {
        assertThatThrownBy(() -> log(false).print(1)).isInstanceOf(NoSuchFileException.class);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;

        default void now() {
            new StepOf(this).now();
        }
    }

    private record StepOf(Step step) {
        void now() {
            try {
                step.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private LogFile log(boolean times) {
        return new LogFile(file, capture.console(), times);
    }

    private void write(String... lines) throws IOException {
        for (var line : lines) {
            Files.writeString(file, TIME + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
