package io.carafe.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.run.Outcome.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static final List<Outcome> OUTCOMES = List.of(
            outcome("Container", "starts", new Verdict.Passed()),
            outcome("Container", "stops", new Verdict.Failed("expected 1\nbut was 2", "trace", "It stops.")),
            outcome("Mounts", "recursive", new Verdict.Skipped("the feature is absent")));

    @Test
    void countsAreByAreaAndTheLastLineIsTheSum() {
        var lines = new Table(OUTCOMES).text().lines().toList();
        assertThat(lines.get(1)).matches("Container +1 +1 +0");
        assertThat(lines.get(2)).matches("Mounts +0 +0 +1 +the feature is absent");
        assertThat(lines.getLast()).isEqualTo("1 passed, 1 failed, 1 skipped");
    }

    @Test
    void failureIsToldWithTheSentenceOfTheProto() {
        assertThat(new Table(OUTCOMES).text())
                .contains("FAILED Container: stops\n    expected 1\n    but was 2\n    proto: \"It stops.\"");
    }

    @Test
    void reasonsThatDifferInIdsOnlyAreOne() {
        var one = outcome("A", "x", new Verdict.Skipped("no \"" + "0123456789abcdef".repeat(4) + "\" here\nand more"));
        var two = outcome("A", "y", new Verdict.Skipped("no \"" + "fedcba9876543210".repeat(4) + "\" here"));
        assertThat(new Table(List.of(one, two)).text().lines().toList().get(1)).endsWith("  no ... here");
    }

    @Test
    void totalCountsSkipsToo() {
        assertThat(new Table(OUTCOMES).total()).isEqualTo(3);
        assertThat(new Table(OUTCOMES).failed()).isEqualTo(1);
    }

    static Outcome outcome(String area, String name, Verdict verdict) {
        return new Outcome(area, "io.carafe.conformance.X", name, Duration.ofMillis(1500), verdict);
    }
}
