package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.RemoveContainerRequest;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import java.time.Duration;

/** Calls that must succeed when there is nothing left to do. RemoveImage is in {@link ImageRemovalConformance}. */
@Conformance
final class IdempotenceConformance {
    private static final String UNKNOWN = "0123456789abcdef".repeat(4);

    @Claim(
            answers = {"Idempotence: StopPodSandbox not found"},
            quote = "This call is idempotent, and must not return an error if all relevant resources have already been"
                    + " reclaimed.")
    void stopOfAnUnknownPodSucceeds(Bench bench) {
        var _ = bench.runtime()
                .stopPodSandbox(StopPodSandboxRequest.newBuilder()
                        .setPodSandboxId(UNKNOWN)
                        .build());
    }

    @Claim(
            answers = {"Idempotence: StopPodSandbox already stopped"},
            quote = "multiple StopPodSandbox calls are expected")
    void stopOfAStoppedPodSucceeds(Bench bench) {
        var pod = bench.pod();
        pod.stop();
        pod.stop();
    }

    @Claim(
            answers = {"Idempotence: RemovePodSandbox not found"},
            quote = "This call is idempotent, and must not return an error if the sandbox has already been removed.")
    void removalOfAnUnknownPodSucceeds(Bench bench) {
        var _ = bench.runtime()
                .removePodSandbox(RemovePodSandboxRequest.newBuilder()
                        .setPodSandboxId(UNKNOWN)
                        .build());
        var pod = bench.pod();
        pod.remove();
        pod.remove();
    }

    @Claim(
            answers = {"Idempotence: StopPodSandbox not found"},
            quote = "must not return an error if all relevant resources have already been reclaimed")
    void stopOfARemovedPodSucceeds(Bench bench) {
        var pod = bench.pod();
        pod.remove();
        pod.stop();
    }

    @Claim(
            answers = {"Idempotence: StopContainer not found"},
            quote = "This call is idempotent, and must not return an error if the container has already been stopped.")
    void stopOfAnUnknownContainerSucceeds(Bench bench) {
        var _ = bench.runtime()
                .stopContainer(StopContainerRequest.newBuilder()
                        .setContainerId(UNKNOWN)
                        .build());
    }

    @Claim(
            answers = {"Idempotence: StopContainer already stopped"},
            quote = "must not return an error if the container has already been stopped")
    void stopOfAnExitedContainerSucceedsAndChangesNothing(Bench bench) {
        var container = bench.pod().script("exit 5");
        var before = container.status();
        container.stop(Duration.ofSeconds(1));
        container.stop(Duration.ZERO);
        assertThat(container.status()).isEqualTo(before);
    }

    @Claim(
            answers = {"Idempotence: RemoveContainer not found"},
            quote = "This call is idempotent, and must not return an error if the container has already been removed.")
    void removalOfAnUnknownContainerSucceeds(Bench bench) {
        var _ = bench.runtime()
                .removeContainer(RemoveContainerRequest.newBuilder()
                        .setContainerId(UNKNOWN)
                        .build());
        var container = bench.pod().script("true");
        container.remove();
        container.remove();
    }
}
