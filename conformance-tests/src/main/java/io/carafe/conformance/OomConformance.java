package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;

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
        var container = bench.pod().create(config -> {
            // A line that never ends: tail has to keep it.
            Scripts.command("tail", "/dev/zero").accept(config);
            config.getLinuxBuilder()
                    .getResourcesBuilder()
                    .setMemoryLimitInBytes(LIMIT)
                    .setMemorySwapLimitInBytes(LIMIT);
        });
        container.start();
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
}
