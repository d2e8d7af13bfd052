package io.carafe.application.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.CpuUsage;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CpuRatesTest {
    private final CpuRates rates = new CpuRates();

    @Test
    void firstSampleHasNoRate() {
        assertThat(rates.rate("c", sample(0, 5))).isEmpty();
    }

    @Test
    void rateIsWhatWasUsedPerSecond() {
        rates.rate("c", sample(0, 1_000));

        assertThat(rates.rate("c", sample(500, 501_000))).isEqualTo(OptionalLong.of(1_000_000));
    }

    @Test
    void sampleTooCloseAnswersTheRateBefore() {
        rates.rate("c", sample(0, 0));
        rates.rate("c", sample(1_000, 2_000));

        assertThat(rates.rate("c", sample(1_050, 9_000))).isEqualTo(OptionalLong.of(2_000));
        assertThat(rates.rate("c", sample(2_000, 3_000))).isEqualTo(OptionalLong.of(1_000));
    }

    @Test
    void counterThatStartsAnewAnswersTheRateBefore() {
        rates.rate("c", sample(0, 0));
        rates.rate("c", sample(1_000, 2_000));

        assertThat(rates.rate("c", sample(2_000, 10))).isEqualTo(OptionalLong.of(2_000));
    }

    @Test
    void counterThatStartsAnewHasARateAgainAfterwards() {
        rates.rate("c", sample(0, 1_000_000));
        rates.rate("c", sample(1_000, 0));

        assertThat(rates.rate("c", sample(2_000, 500))).isEqualTo(OptionalLong.of(500));
    }

    @Test
    void whatIsNotRetainedStartsAnew() {
        rates.rate("c", sample(0, 0));
        rates.retain(Set.of("other"));

        assertThat(rates.rate("c", sample(1_000, 2_000))).isEmpty();
    }

    private static CpuUsage sample(long millis, long nanos) {
        return new CpuUsage(Instant.ofEpochMilli(millis), nanos, Optional.empty());
    }
}
