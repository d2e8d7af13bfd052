package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.ContainerStats;
import io.carafe.cri.v1.ContainerStatsFilter;
import io.carafe.cri.v1.ListContainerStatsRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What containers use. Of pods: {@link PodStatsConformance}. */
@Conformance
final class StatsConformance {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Claim(
            answers = {
                "Container basic: stats for one",
                "ContainerStatsRequest.container_id",
                "ContainerStatsResponse.stats",
                "ContainerStats.attributes",
                "ContainerStats.cpu",
                "ContainerStats.memory",
                "ContainerStats.writable_layer",
                "ContainerAttributes.id",
                "ContainerAttributes.metadata",
                "ContainerAttributes.labels",
                "ContainerAttributes.annotations",
                "CpuUsage.timestamp",
                "MemoryUsage.timestamp",
                "FilesystemUsage.timestamp"
            })
    void statsTellOfWhomAndWhen(Bench bench) {
        var container = bench.pod().start(config -> config.putLabels("l", "1").putAnnotations("a", "2"));
        var stats = Await.until(
                "all parts are there",
                SOON,
                () -> stats(bench, container),
                all -> all.getCpu().getTimestamp() > 0
                        && all.getMemory().getTimestamp() > 0
                        && all.getWritableLayer().getTimestamp() > 0);
        assertThat(stats.getAttributes().getId()).isEqualTo(container.id());
        assertThat(stats.getAttributes().getMetadata())
                .isEqualTo(container.config().getMetadata());
        assertThat(stats.getAttributes().getLabelsMap()).containsEntry("l", "1");
        assertThat(stats.getAttributes().getAnnotationsMap()).containsEntry("a", "2");
        assertThat(List.of(
                        stats.getCpu().getTimestamp(),
                        stats.getMemory().getTimestamp(),
                        stats.getWritableLayer().getTimestamp()))
                .allSatisfy(nanos -> assertThat(Times.at(nanos))
                        .isBetween(
                                Instant.now().minusSeconds(120), Instant.now().plusSeconds(1)));
    }

    @Claim(answers = {"CpuUsage.usage_core_nano_seconds", "CpuUsage.usage_nano_cores", "UInt64Value.value"})
    void cpuTimeGrowsWithWork(Bench bench) {
        var container = bench.pod().start(Scripts.command("sh", "-c", "while :; do :; done"));
        long first = stats(bench, container).getCpu().getUsageCoreNanoSeconds().getValue();
        Await.until(
                "half a second of work more is counted",
                SOON,
                () -> stats(bench, container).getCpu().getUsageCoreNanoSeconds().getValue() > first + 500_000_000L);
    }

    @Claim(
            answers = {
                "MemoryUsage.working_set_bytes",
                "MemoryUsage.usage_bytes",
                "MemoryUsage.rss_bytes",
                "MemoryUsage.available_bytes",
                "MemoryUsage.page_faults",
                "MemoryUsage.major_page_faults"
            },
            needs = "CONTAINER_LIMITS")
    void memoryInUseIsCounted(Bench bench) {
        int held = 24 << 20;
        var script = "head -c " + held + " /dev/zero > /dev/shm/held && sleep 1000";
        var container = bench.pod().start(config -> {
            Scripts.command("sh", "-c", script).accept(config);
            config.getLinuxBuilder().getResourcesBuilder().setMemoryLimitInBytes(64 << 20);
        });
        var memory = Await.until(
                        "what it holds is counted",
                        SOON,
                        () -> stats(bench, container),
                        all -> all.getMemory().getWorkingSetBytes().getValue() >= held)
                .getMemory();
        assertThat(memory.getUsageBytes().getValue()).isBetween((long) held, 64L << 20);
        assertThat(memory.getAvailableBytes().getValue()).isBetween(1L, (64L << 20) - held);
        assertThat(memory.hasRssBytes()).isTrue();
        assertThat(memory.getPageFaults().getValue()).isPositive();
        assertThat(memory.hasMajorPageFaults()).isTrue();
    }

    @Claim(
            answers = {
                "ContainerStats.writable_layer",
                "FilesystemUsage.used_bytes",
                "FilesystemUsage.inodes_used",
                "FilesystemUsage.fs_id"
            })
    void whatAContainerWritesIsCounted(Bench bench) {
        var container = bench.pod().start();
        container.sh("mkdir /written && cd /written && head -c 8000000 /dev/urandom > big && touch a b c && sync");
        var layer = Await.until(
                        "it is counted",
                        SOON,
                        () -> stats(bench, container),
                        all -> all.getWritableLayer().getUsedBytes().getValue() >= 8_000_000)
                .getWritableLayer();
        assertThat(layer.getInodesUsed().getValue()).isGreaterThanOrEqualTo(5);
        assertThat(layer.getFsId().getMountpoint()).isNotEmpty();
    }

    @Claim(
            answers = {
                "Container basic: stats for started",
                "ListContainerStatsRequest.filter",
                "ContainerStatsFilter.id"
            })
    void oneContainerIsFoundById(Bench bench) {
        var container = bench.pod().start();
        assertThat(ids(list(bench, filter -> filter.setId(container.id())))).containsExactly(container.id());
    }

    @Claim(answers = {"Container basic: stats nil filter", "ListContainerStatsResponse.stats"})
    void withoutAFilterARunningContainerIsListed(Bench bench) {
        var container = bench.pod().start();
        assertThat(ids(listAll(bench))).contains(container.id());
    }

    @Claim(answers = {"Container basic: stats for three, nil filter"})
    void withoutAFilterThreeContainersAreListed(Bench bench) {
        var pod = bench.pod();
        var three =
                List.of(pod.start().id(), pod.start().id(), bench.pod().start().id());
        assertThat(ids(listAll(bench))).containsAll(three).doesNotHaveDuplicates();
    }

    @Claim(
            answers = {
                "Container basic: stats by label",
                "ContainerStatsFilter.label_selector",
                "ContainerStatsFilter.pod_sandbox_id"
            },
            quote = "All those fields are combined with 'AND'")
    void containersAreFoundByPodAndLabelsTogether(Bench bench) {
        var mark = UUID.randomUUID().toString();
        var pod = bench.pod();
        var one = pod.start(config -> config.putLabels("mark", mark));
        var bare = pod.start();
        var other = bench.pod().start(config -> config.putLabels("mark", mark));
        assertThat(ids(list(bench, filter -> filter.putLabelSelector("mark", mark))))
                .containsExactlyInAnyOrder(one.id(), other.id());
        assertThat(ids(list(bench, filter -> filter.setPodSandboxId(pod.id()))))
                .containsExactlyInAnyOrder(one.id(), bare.id());
        assertThat(ids(list(bench, filter -> filter.setPodSandboxId(pod.id()).putLabelSelector("mark", mark))))
                .containsExactly(one.id());
    }

    @Claim(
            answers = {"ListContainerStats"},
            quote = "ListContainerStats returns stats of all running containers.")
    void containersThatDoNotRunAreNotListed(Bench bench) {
        var pod = bench.pod();
        var exited = pod.script("true");
        var running = pod.start();
        assertThat(ids(list(bench, filter -> filter.setPodSandboxId(pod.id()))))
                .containsExactly(running.id())
                .doesNotContain(exited.id());
    }

    private static ContainerStats stats(Bench bench, TestContainer container) {
        return bench.runtime()
                .containerStats(Requests.containerStats(container.id()))
                .getStats();
    }

    private static List<ContainerStats> list(Bench bench, Consumer<ContainerStatsFilter.Builder> change) {
        var filter = ContainerStatsFilter.newBuilder();
        change.accept(filter);
        return bench.runtime()
                .listContainerStats(
                        ListContainerStatsRequest.newBuilder().setFilter(filter).build())
                .getStatsList();
    }

    private static List<ContainerStats> listAll(Bench bench) {
        return bench.runtime()
                .listContainerStats(ListContainerStatsRequest.getDefaultInstance())
                .getStatsList();
    }

    private static List<String> ids(List<ContainerStats> stats) {
        return stats.stream().map(each -> each.getAttributes().getId()).toList();
    }
}
