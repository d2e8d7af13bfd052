package io.carafe.domain.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
    @ParameterizedTest
    @CsvSource({
        "SIGTERM, 15",
        "TERM, 15",
        "sigterm, 15",
        "15, 15",
        "' 9 ', 9",
        "SIGKILL, 9",
        "HUP, 1",
        "SIGWINCH, 28",
        "SIGIOT, 6",
        "SIGCLD, 17",
        "SIGPOLL, 29",
        "SIGSYS, 31",
        "SIGRTMIN, 34",
        "RTMIN+3, 37",
        "SIGRTMIN+15, 49",
        "SIGRTMAX-14, 50",
        "RTMAX, 64",
        "64, 64",
        "1, 1"
    })
    void parses(String text, int number) {
        assertThat(Signal.parse(text)).isEqualTo(new Signal(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIG",
                "FOO",
                "SIGFOO",
                "0",
                "-9",
                "65",
                "+15",
                "1.5",
                "99999999999",
                "RTMIN-1",
                "RTMIN3",
                "RTMIN+31",
                "RTMAX+1",
                "RTMAX-31"
            })
    void refusesWhatIsNoSignal(String text) {
        assertThatThrownBy(() -> Signal.parse(text)).isInstanceOf(Fault.InvalidArgument.class);
    }
}
