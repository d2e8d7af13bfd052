package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestPod;
import io.carafe.cri.v1.ListPodSandboxStatsRequest;
import io.carafe.cri.v1.PodSandboxStats;
import io.carafe.cri.v1.PodSandboxStatsFilter;
import io.carafe.cri.v1.PodSandboxStatsRequest;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What pods use, from their own cgroup and network. */
@Conformance
final class PodStatsConformance {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Claim(
            answers = {
                "PodSandboxStatsRequest.pod_sandbox_id",
                "PodSandboxStatsResponse.stats",
                "PodSandboxStats.attributes",
                "PodSandboxStats.linux",
                "PodSandboxAttributes.id",
                "PodSandboxAttributes.metadata",
                "PodSandboxAttributes.labels",
                "PodSandboxAttributes.annotations",
                "LinuxPodSandboxStats.cpu",
                "LinuxPodSandboxStats.memory"
            })
    void statsTellOfWhomAndItsCpuAndMemory(Bench bench) {
        var pod = bench.pod(config -> config.putLabels("l", "1").putAnnotations("a", "2"));
        pod.start();
        var stats = Await.until(
                "CPU and memory are there",
                SOON,
                () -> stats(bench, pod),
                all -> all.getLinux().getCpu().getUsageCoreNanoSeconds().getValue() > 0
                        && all.getLinux().getMemory().getWorkingSetBytes().getValue() > 0);
        assertThat(stats.getAttributes().getId()).isEqualTo(pod.id());
        assertThat(stats.getAttributes().getMetadata()).isEqualTo(pod.config().getMetadata());
        assertThat(stats.getAttributes().getLabelsMap()).isEqualTo(pod.config().getLabelsMap());
        assertThat(stats.getAttributes().getAnnotationsMap())
                .isEqualTo(pod.config().getAnnotationsMap());
        assertThat(Times.at(stats.getLinux().getCpu().getTimestamp()))
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
    }

    @Claim(answers = {"LinuxPodSandboxStats.containers"})
    void containersOfThePodAreAmongItsStats(Bench bench) {
        var pod = bench.pod();
        var one = pod.start();
        var two = pod.start();
        Await.until(
                "both containers are there",
                SOON,
                () -> stats(bench, pod).getLinux().getContainersList().stream()
                        .map(container -> container.getAttributes().getId())
                        .toList()
                        .containsAll(List.of(one.id(), two.id())));
    }

    @Claim(
            answers = {
                "LinuxPodSandboxStats.network",
                "NetworkUsage.timestamp",
                "NetworkUsage.default_interface",
                "NetworkUsage.interfaces",
                "NetworkInterfaceUsage.name",
                "NetworkInterfaceUsage.rx_bytes",
                "NetworkInterfaceUsage.rx_errors",
                "NetworkInterfaceUsage.tx_bytes",
                "NetworkInterfaceUsage.tx_errors"
            },
            quote =
                    "Timestamp in nanoseconds at which the information were collected. Must be > 0. [...] Stats for all found"
                            + " network interfaces, excluding the default.")
    void trafficOfThePodIsCounted(Bench bench) {
        var pod = bench.pod();
        pod.start(Scripts.WEB_SERVER);
        var before = stats(bench, pod).getLinux().getNetwork().getDefaultInterface();
        var ip = pod.status().getNetwork().getIp();
        Await.until("the pod answers", SOON, () -> HostClient.get(ip, 80).contains("served"));
        var network = Await.until(
                        "what was sent is counted",
                        SOON,
                        () -> stats(bench, pod),
                        all -> all.getLinux()
                                        .getNetwork()
                                        .getDefaultInterface()
                                        .getTxBytes()
                                        .getValue()
                                >= before.getTxBytes().getValue() + 100)
                .getLinux()
                .getNetwork();
        assertThat(network.getDefaultInterface().getName()).isEqualTo("eth0");
        assertThat(network.getTimestamp()).isPositive();
        assertThat(network.getDefaultInterface().hasRxBytes()).isTrue();
        assertThat(network.getDefaultInterface().hasRxErrors()).isTrue();
        assertThat(network.getDefaultInterface().hasTxErrors()).isTrue();
        assertThat(network.getInterfacesList())
                .noneMatch(each ->
                        each.getName().equals(network.getDefaultInterface().getName()));
    }

    @Claim(answers = {"LinuxPodSandboxStats.process", "ProcessUsage.process_count", "ProcessUsage.timestamp"})
    void processesOfThePodAreCounted(Bench bench) {
        var pod = bench.pod();
        pod.start(Scripts.command("sh", "-c", "for i in 1 2 3 4 5; do sleep 1000 & done; wait"));
        var process = Await.until(
                        "they are counted",
                        SOON,
                        () -> stats(bench, pod),
                        all -> all.getLinux().getProcess().getProcessCount().getValue() >= 6)
                .getLinux()
                .getProcess();
        assertThat(process.getProcessCount().getValue()).isBetween(6L, 12L);
        assertThat(process.getTimestamp()).isPositive();
    }

    @Claim(
            answers = {"PodSandboxStats"},
            quote = "If the pod sandbox does not exist, the call returns an error.")
    void statsOfAnUnknownPodAreNotFound(Bench bench) {
        Refused.with(
                Status.Code.NOT_FOUND,
                () -> bench.runtime()
                        .podSandboxStats(PodSandboxStatsRequest.newBuilder()
                                .setPodSandboxId("no-such-pod")
                                .build()));
    }

    @Claim(
            answers = {
                "ListPodSandboxStatsRequest.filter",
                "PodSandboxStatsFilter.id",
                "PodSandboxStatsFilter.label_selector",
                "ListPodSandboxStatsResponse.stats"
            },
            quote = "All those fields are combined with 'AND'.")
    void podsAreFoundByIdAndLabelsTogether(Bench bench) {
        var mark = UUID.randomUUID().toString();
        var red = bench.pod(config -> config.putLabels("mark", mark).putLabels("color", "red"));
        var blue = bench.pod(config -> config.putLabels("mark", mark).putLabels("color", "blue"));
        assertThat(list(bench, filter -> filter.setId(red.id()))).containsExactly(red.id());
        assertThat(list(bench, filter -> filter.putLabelSelector("mark", mark)))
                .containsExactlyInAnyOrder(red.id(), blue.id());
        assertThat(list(bench, filter -> filter.putLabelSelector("mark", mark).putLabelSelector("color", "blue")))
                .containsExactly(blue.id());
        assertThat(list(bench, filter -> filter.setId(red.id()).putLabelSelector("color", "blue")))
                .isEmpty();
        assertThat(list(bench, _ -> {})).contains(red.id(), blue.id());
    }

    private static PodSandboxStats stats(Bench bench, TestPod pod) {
        return bench.runtime()
                .podSandboxStats(PodSandboxStatsRequest.newBuilder()
                        .setPodSandboxId(pod.id())
                        .build())
                .getStats();
    }

    private static List<String> list(Bench bench, Consumer<PodSandboxStatsFilter.Builder> change) {
        var filter = PodSandboxStatsFilter.newBuilder();
        change.accept(filter);
        return bench
                .runtime()
                .listPodSandboxStats(ListPodSandboxStatsRequest.newBuilder()
                        .setFilter(filter)
                        .build())
                .getStatsList()
                .stream()
                .map(stats -> stats.getAttributes().getId())
                .toList();
    }
}
