package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.ContainerConfig;

@Conformance
final class OomConformance {
    private static final long LIMIT = 20 << 20;

    @Claim(
            answers = {
                "Container OOM: exit 137 and OOMKilled",
                "ContainerStatus.reason",
                "LinuxContainerResources.memory_limit_in_bytes"
            },
            quote = "Must be set to \"OOMKilled\" for containers terminated by cgroup-based Out-of-Memory killer.",
            needs = "CONTAINER_LIMITS")
    void containerThatTheOomKillerEndedSaysSo(Bench bench) {
        var container = bench.pod().start(OomConformance::exhausting);
        var status = container.awaitExit();
        assertThat(status.getExitCode()).isEqualTo(137);
        assertThat(status.getReason()).isEqualTo("OOMKilled");
    }

    @Claim(answers = {"ContainerStatus.reason"})
    void containerThatWasKilledOtherwiseDoesNotSaySo(Bench bench) {
        var container = bench.pod()
                .start(config -> config.getLinuxBuilder().getResourcesBuilder().setMemoryLimitInBytes(LIMIT));
        container.stop(java.time.Duration.ZERO);
        assertThat(container.status().getExitCode()).isEqualTo(137);
        assertThat(container.status().getReason()).isNotEqualTo("OOMKilled");
    }

    @Claim(
            answers = {"ContainerStatus.reason"},
            needs = "CONTAINER_LIMITS")
    void neighbourOfAContainerThatTheOomKillerEndedDoesNotSaySo(Bench bench) {
        var pod = bench.pod();
        var neighbour = pod.start();
        assertThat(pod.start(OomConformance::exhausting).awaitExit().getReason())
                .isEqualTo("OOMKilled");
        neighbour.stop(java.time.Duration.ZERO);
        assertThat(neighbour.status().getExitCode()).isEqualTo(137);
        assertThat(neighbour.status().getReason()).isNotEqualTo("OOMKilled");
    }

    private static void exhausting(ContainerConfig.Builder config) {
        // A line that never ends: tail has to keep it.
        Scripts.command("tail", "/dev/zero").accept(config);
        config.getLinuxBuilder()
                .getResourcesBuilder()
                .setMemoryLimitInBytes(LIMIT)
                .setMemorySwapLimitInBytes(LIMIT);
    }
}
