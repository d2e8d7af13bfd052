package io.carafe.oci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void inputGoesInAndBothOutputsComeOut() throws Exception {
        String output = run("cat; echo err >&2", "in ", TIMEOUT);

        assertThat(output).isEqualTo("in err\n");
    }

    @Test
    void missingProgramWasNotStarted() {
        assertThatThrownBy(() -> ShortCommand.run("ask", List.of("/no/such"), new byte[0], TIMEOUT))
                .isInstanceOf(CommandFailure.NotStarted.class)
                .hasMessageContaining("ask")
                .hasMessageContaining("/no/such");
    }

    @Test
    void badExitHasItsCodeAndWords() {
        assertThatThrownBy(() -> run("echo trouble; exit 3", "", TIMEOUT))
                .isInstanceOfSatisfying(CommandFailure.BadExit.class, e -> {
                    assertThat(e.code()).isEqualTo(3);
                    assertThat(e.words()).isEqualTo("trouble");
                });
    }

    @Test
    void programThatTakesTooLongIsKilled() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> run("exec sleep 100", "", Duration.ofMillis(100)))
                .isInstanceOf(CommandFailure.Killed.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT);
    }

    @Test
    void programThatDoesNotReadItsInputIsNoFailure() throws Exception {
        assertThat(run("exit 0", "x".repeat(1 << 20), TIMEOUT)).isEmpty();
    }

    private static String run(String shell, String input, Duration timeout) throws Exception {
        return ShortCommand.run(
                "test", List.of("/bin/sh", "-c", shell), input.getBytes(StandardCharsets.UTF_8), timeout);
    }
}
