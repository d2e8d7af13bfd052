package io.carafe.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignalsTest {
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SIGNAL_RUNTIME_DEFAULT", "UNRECOGNIZED"})
    void everySignalOfCriHasANumberAndItsNameBack(Signal proto) {
        io.carafe.domain.process.Signal signal = Signals.fromProto(proto, proto.getNumber(), Field.of("stop_signal"))
                .orElseThrow();
        Signal back = Signals.toProto(signal);
        assertThat(Signals.fromProto(back, back.getNumber(), Field.of("stop_signal")))
                .contains(signal);
    }

    @ParameterizedTest
    @CsvSource({
        "SIGNAL_SIGTERM, 15",
        "SIGNAL_SIGKILL, 9",
        "SIGNAL_SIGHUP, 1",
        "SIGNAL_SIGRTMIN, 34",
        "SIGNAL_SIGRTMINPLUS15, 49",
        "SIGNAL_SIGRTMAXMINUS14, 50",
        "SIGNAL_SIGRTMAX, 64"
    })
    void numbersAreThoseOfTheKernel(Signal proto, int number) {
        assertThat(Signals.toProto(new io.carafe.domain.process.Signal(number))).isEqualTo(proto);
    }

    @Test
    void signalsThatLibcKeepsHaveNoName() {
        assertThat(Signals.toProto(new io.carafe.domain.process.Signal(32))).isEqualTo(Signal.SIGNAL_RUNTIME_DEFAULT);
    }

    @Test
    void runtimeDefaultIsUnset() {
        assertThat(Signals.fromProto(Signal.SIGNAL_RUNTIME_DEFAULT, 0, Field.of("stop_signal")))
                .isEmpty();
    }
}
