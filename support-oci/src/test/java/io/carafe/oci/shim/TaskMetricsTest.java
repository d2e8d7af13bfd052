package io.carafe.oci.shim;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.oci.ttrpc.ProtoFields;
import io.carafe.oci.ttrpc.ProtoMessage;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskMetricsTest {
    private static final Instant NOW = Instant.ofEpochSecond(7);

    private static ProtoFields any(String type, ProtoMessage metrics) throws IOException {
        return ProtoFields.parse(
                new ProtoMessage().text(1, type).bytes(2, metrics.toBytes()).toBytes());
    }

    @Test
    void metricsOfVersionOne() throws IOException {
        ProtoMessage memory = new ProtoMessage()
                .number(19, 300)
                .number(26, 5)
                .number(27, 2)
                .number(30, 100)
                .message(33, new ProtoMessage().number(1, 5000).number(2, 1000))
                .message(34, new ProtoMessage().number(1, 6000).number(2, 1200));
        ProtoFields stats = any(
                "io.containerd.cgroups.v1.Metrics",
                new ProtoMessage()
                        .message(2, new ProtoMessage().number(1, 4))
                        .message(3, new ProtoMessage().message(1, new ProtoMessage().number(1, 123_456)))
                        .message(4, memory)
                        .message(9, new ProtoMessage().number(3, 1)));

        CgroupUsage usage = TaskMetrics.usage(stats, NOW).orElseThrow();

        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(123_456);
        assertThat(usage.memory().usage()).isEqualTo(new Bytes(1000));
        assertThat(usage.memory().workingSet()).isEqualTo(new Bytes(900));
        assertThat(usage.memory().available()).contains(new Bytes(4100));
        assertThat(usage.memory().rss()).isEqualTo(new Bytes(300));
        assertThat(usage.memory().pageFaults()).isEqualTo(5);
        assertThat(usage.memory().majorPageFaults()).isEqualTo(2);
        assertThat(usage.swap().orElseThrow().usage()).isEqualTo(new Bytes(200));
        assertThat(usage.swap().orElseThrow().available()).contains(new Bytes(800));
        assertThat(usage.processes()).isEqualTo(4);
        assertThat(usage.at()).isEqualTo(NOW);
        assertThat(TaskMetrics.oomKills(stats)).hasValue(1);
    }

    @Test
    void metricsOfVersionTwo() throws IOException {
        ProtoMessage memory = new ProtoMessage()
                .number(1, 300)
                .number(13, 100)
                .number(32, 1000)
                .number(33, -1)
                .number(34, 50);
        ProtoFields stats = any(
                "types.googleapis.com/io.containerd.cgroups.v2.Metrics",
                new ProtoMessage()
                        .message(2, new ProtoMessage().number(1, 20))
                        .message(4, memory)
                        .message(8, new ProtoMessage().number(5, 2)));

        CgroupUsage usage = TaskMetrics.usage(stats, NOW).orElseThrow();

        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(20_000);
        assertThat(usage.memory().available()).isEmpty();
        assertThat(usage.memory().workingSet()).isEqualTo(new Bytes(900));
        assertThat(usage.swap().orElseThrow().usage()).isEqualTo(new Bytes(50));
        assertThat(TaskMetrics.oomKills(stats)).hasValue(2);
    }

    @Test
    void metricsOfAnotherKindSayNothing() throws IOException {
        ProtoFields stats = any("org.example.Metrics", new ProtoMessage().number(1, 1));

        assertThat(TaskMetrics.usage(stats, NOW)).isEmpty();
        assertThat(TaskMetrics.oomKills(stats)).isEmpty();
    }

    @Test
    void emptyMetricsAreZero() throws IOException {
        CgroupUsage usage = TaskMetrics.usage(any("io.containerd.cgroups.v1.Metrics", new ProtoMessage()), NOW)
                .orElseThrow();

        assertThat(usage.memory().usage()).isEqualTo(Bytes.ZERO);
        assertThat(usage.swap()).isEmpty();
    }
}
