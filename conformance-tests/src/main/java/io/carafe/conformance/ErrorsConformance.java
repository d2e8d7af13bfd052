package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.ReopenContainerLogRequest;
import io.carafe.cri.v1.StartContainerRequest;
import io.grpc.Status;

/** Requests that cannot be met: they fail, say what they are about, and leave nothing behind. */
@Conformance
final class ErrorsConformance {
    private static final String UNKNOWN = "fedcba9876543210".repeat(4);

    @Claim(
            answers = {"PodSandboxStatus"},
            quote =
                    "If the PodSandbox is not present, returns an error. (kubelet tests for NotFound: cri-api pkg/errors)")
    void statusOfAnUnknownPodIsNotFound(Bench bench) {
        Refused.with(Status.Code.NOT_FOUND, () -> bench.runtime().podSandboxStatus(Requests.podStatus(UNKNOWN)));
    }

    @Claim(
            answers = {"ContainerStatus"},
            quote =
                    "If the container is not present, returns an error. (kubelet tests for NotFound: cri-api pkg/errors)")
    void statusOfAnUnknownContainerIsNotFound(Bench bench) {
        Refused.with(Status.Code.NOT_FOUND, () -> bench.runtime().containerStatus(Requests.containerStatus(UNKNOWN)));
    }

    @Claim(
            answers = {"ContainerStats"},
            quote = "If the container does not exist, the call returns an error.")
    void statsOfAnUnknownContainerAreAnError(Bench bench) {
        Refused.any(() -> bench.runtime().containerStats(Requests.containerStats(UNKNOWN)));
    }

    @Claim(answers = {"StartContainer", "ExecSync", "ReopenContainerLog"})
    void startExecAndReopenOfAnUnknownContainerAreErrors(Bench bench) {
        Refused.any(() -> bench.runtime()
                .startContainer(StartContainerRequest.newBuilder()
                        .setContainerId(UNKNOWN)
                        .build()));
        Refused.any(() -> bench.runtime().execSync(Requests.exec(UNKNOWN, 5, "true")));
        Refused.any(() -> bench.runtime()
                .reopenContainerLog(ReopenContainerLogRequest.newBuilder()
                        .setContainerId(UNKNOWN)
                        .build()));
    }

    @Claim(answers = {"CreateContainerRequest.pod_sandbox_id"})
    void containerInAnUnknownPodIsAnErrorThatNamesThePod(Bench bench) {
        var refusal = Refused.any(() -> bench.runtime()
                .createContainer(CreateContainerRequest.newBuilder()
                        .setPodSandboxId(UNKNOWN)
                        .setConfig(bench.containerConfig())
                        .setSandboxConfig(bench.podConfig())
                        .build()));
        assertThat(refusal.getDescription()).contains(UNKNOWN);
    }

    @Claim(answers = {"CreateContainerRequest.config", "ContainerConfig.image"})
    void containerOfAnImageThatIsNotThereIsAnErrorAndLeavesNothing(Bench bench) {
        var pod = bench.pod();
        var absent = bench.settings().registry() + "/conformance/absent:1";
        Refused.any(() -> pod.create(config -> config.setImage(Requests.image(absent))));
        assertThat(Lists.containerIds(bench, filter -> filter.setPodSandboxId(pod.id())))
                .isEmpty();
    }

    @Claim(answers = {"RunPodSandboxRequest.config", "PodSandboxConfig.metadata"})
    void sandboxWithoutMetadataIsAnError(Bench bench) {
        Refused.any(() -> bench.run(bench.podConfig().clearMetadata().build()));
    }

    @Claim(answers = {"CreateContainerRequest.config", "ContainerConfig.metadata"})
    void containerWithoutMetadataIsAnError(Bench bench) {
        var pod = bench.pod();
        Refused.any(() -> pod.create(config -> config.clearMetadata()));
    }

    @Claim(answers = {"PullImageRequest.image"})
    void imageThatTheRegistryDoesNotHaveIsAnErrorThatNamesIt(Bench bench) {
        var absent = bench.settings().registry() + "/conformance/absent:1";
        assertThat(Refused.any(() -> bench.pulled(absent)).getDescription()).contains("conformance/absent");
        Refused.any(() -> bench.pulled(bench.images().busybox().reference("absent")));
    }

    @Claim(answers = {"PullImageRequest.image"})
    void referenceThatIsNoneIsAnError(Bench bench) {
        Refused.any(() -> bench.pulled("This is not / a reference"));
        Refused.any(() -> bench.pulled(""));
    }

    @Claim(answers = {"RunPodSandbox"})
    void sandboxThatFailedLeavesItsNameFree(Bench bench) {
        var config = bench.podConfig();
        Refused.any(() -> bench.runtime().runPodSandbox(Requests.run(config.build(), "no-such-handler")));
        assertThat(bench.run(config.build()).id()).isNotEmpty();
    }

    @Claim(answers = {"CreateContainer"})
    void containerThatFailedLeavesItsNameFree(Bench bench) {
        var pod = bench.pod();
        var config = bench.containerConfig();
        var absent = bench.settings().registry() + "/conformance/absent:1";
        Refused.any(
                () -> pod.create(config.clone().setImage(Requests.image(absent)).build()));
        assertThat(pod.create(config.build()).id()).isNotEmpty();
    }
}
