package io.carafe.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantitiesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "1234567, 1.23 MB",
        "999499, 999 kB",
        "999600, 1.00 MB",
        "12345678, 12.3 MB",
        "1500000000, 1.50 GB"
    })
    void sizesHaveThreeDigits(long bytes, String text) {
        assertThat(Quantities.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "119, 119s", "120, 2m", "7199, 119m", "7200, 2h", "172799, 47h", "172800, 2d", "-5, 0s"})
    void agesAreInTheUnitThatSaysEnough(long seconds, String text) {
        assertThat(Quantities.age(NOW.minus(Duration.ofSeconds(seconds)), NOW)).isEqualTo(text);
    }

    @Test
    void nanosecondsOfCriAreATime() {
        assertThat(Quantities.instant(1_795_489_210_492_228_505L))
                .isEqualTo(Instant.parse("2026-11-24T03:00:10.492228505Z"));
    }

    @ParameterizedTest
    @CsvSource({"sha256:0123456789abcdef, 0123456789ab", "0123456789abcdef, 0123456789ab", "short, short"})
    void shortIdIsTheFirstTwelveDigits(String id, String text) {
        assertThat(Quantities.shortId(id)).isEqualTo(text);
    }
}
