package io.carafe.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.cli.Capture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class SpinnerTest {
    private final Capture capture = new Capture();

    @Test
    void withoutATerminalItIsOneLine() throws InterruptedException {
        assertThat(new Spinner(capture.console()).during("pull x", () -> "id")).isEqualTo("id");
        assertThat(capture.err()).isEqualTo("pull x\n");
        assertThat(capture.out()).isEmpty();
    }

    @Test
    void onATerminalItTurnsAndTellsTheTime() throws InterruptedException {
        var console = capture.console();
        var watched = new Console(console.in(), console.out(), console.err(), true);
        assertThat(new Spinner(watched).during("pull x", () -> {
                    while (!capture.err().contains("pull x / ")) {
                        Thread.sleep(5);
                    }
                    return "id";
                }))
                .isEqualTo("id");
        assertThat(capture.err()).contains("pull x | 0.").contains("pull x: done in 0.");
    }

    @Test
    void failureOfTheWorkIsThatOfTheCall() {
        assertThatThrownBy(() -> new Spinner(capture.console()).during("pull x", () -> {
                    throw new IllegalArgumentException("refused");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refused");
    }
}
