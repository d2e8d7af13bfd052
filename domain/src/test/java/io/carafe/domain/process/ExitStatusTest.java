package io.carafe.domain.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({
        "0, false, Completed",
        "1, false, Error",
        "137, false, Error",
        "137, true, OOMKilled",
        "0, true, OOMKilled"
    })
    void reasonFollowsCodeAndOom(int code, boolean oom, String reason) {
        assertThat(ExitStatus.of(code, Instant.EPOCH, oom).reason()).isEqualTo(reason);
    }
}
