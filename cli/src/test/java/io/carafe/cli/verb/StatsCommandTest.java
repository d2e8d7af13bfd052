package io.carafe.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.cri.v1.CpuUsage;
import io.carafe.cri.v1.UInt64Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatsCommandTest {
    @Test
    void cpuIsTheDifferenceOfTwoLooks() {
        var before = Map.of("id", usage(1_000_000_000L, 500_000_000L));
        assertThat(StatsCommand.cpu(before, "id", usage(2_000_000_000L, 750_000_000L)))
                .isEqualTo("25.0%");
    }

    @Test
    void withoutTwoLooksThereIsNoPercentage() {
        assertThat(StatsCommand.cpu(Map.of(), "id", usage(1, 1))).isEqualTo("-");
        assertThat(StatsCommand.cpu(Map.of("id", usage(1, 1)), "id", usage(1, 1)))
                .isEqualTo("-");
    }

    private static CpuUsage usage(long timestamp, long nanos) {
        return CpuUsage.newBuilder()
                .setTimestamp(timestamp)
                .setUsageCoreNanoSeconds(UInt64Value.newBuilder().setValue(nanos))
                .build();
    }
}
