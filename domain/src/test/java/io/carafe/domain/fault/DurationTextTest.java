package io.carafe.domain.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"0, 0s", "1, 0.001s", "200, 0.2s", "1000, 1s", "10000, 10s", "90000, 1m30s", "14400000, 4h"})
    void durationIsWrittenAsPeopleWriteIt(long millis, String text) {
        assertThat(DurationText.of(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
