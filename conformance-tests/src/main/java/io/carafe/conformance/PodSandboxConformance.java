package io.carafe.conformance;

import static io.carafe.cri.v1.PodSandboxState.SANDBOX_NOTREADY;
import static io.carafe.cri.v1.PodSandboxState.SANDBOX_READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;

/** The life of a pod sandbox: run, stop, remove, and what status tells meanwhile. */
@Conformance
final class PodSandboxConformance {
    @Claim(
            answers = {
                "PodSandbox basic: run",
                "RunPodSandboxRequest.config",
                "RunPodSandboxResponse.pod_sandbox_id",
                "PodSandboxStatusRequest.pod_sandbox_id",
                "PodSandboxStatusResponse.status",
                "PodSandboxStatus.id",
                "PodSandboxStatus.state",
                "PodSandboxStatus.created_at",
                "PodSandboxConfig.linux"
            })
    void sandboxThatWasRunIsReady(Bench bench) {
        var before = Instant.now();
        var pod = bench.pod();
        var status = pod.status();
        assertThat(status.getId()).isEqualTo(pod.id()).isNotEmpty();
        assertThat(status.getState()).isEqualTo(SANDBOX_READY);
        assertThat(Times.at(status.getCreatedAt())).isBetween(before.minusSeconds(1), Instant.now());
    }

    @Claim(answers = {"PodSandbox basic: stop", "StopPodSandboxRequest.pod_sandbox_id"})
    void stoppedSandboxIsNotReadyAndStaysListed(Bench bench) {
        var pod = bench.pod();
        pod.stop();
        assertThat(pod.status().getState()).isEqualTo(SANDBOX_NOTREADY);
        assertThat(Lists.podIds(bench)).contains(pod.id());
    }

    @Claim(answers = {"PodSandbox basic: remove", "RemovePodSandboxRequest.pod_sandbox_id"})
    void removedSandboxIsGone(Bench bench) {
        var pod = bench.pod();
        pod.stop();
        pod.remove();
        Refused.with(Status.Code.NOT_FOUND, pod::status);
        assertThat(Lists.podIds(bench)).doesNotContain(pod.id());
    }

    @Claim(
            answers = {
                "PodSandbox basic: preserve attributes",
                "PodSandboxConfig.metadata",
                "PodSandboxConfig.labels",
                "PodSandboxConfig.annotations",
                "PodSandboxMetadata.name",
                "PodSandboxMetadata.uid",
                "PodSandboxMetadata.namespace",
                "PodSandboxMetadata.attempt",
                "PodSandboxStatus.metadata",
                "PodSandboxStatus.labels",
                "PodSandboxStatus.annotations",
                "PodSandbox.metadata",
                "PodSandbox.labels",
                "PodSandbox.annotations",
                "PodSandbox.created_at"
            },
            quote = "the value of this field MUST be identical to that of the corresponding PodSandboxConfig")
    void attributesAreKeptUnaltered(Bench bench) {
        var pod = bench.pod(config -> {
            config.getMetadataBuilder().setAttempt(3);
            config.putLabels("one", "1").putLabels("empty", "");
            config.putAnnotations("example.com/json", "{\"a\": \"\u00e4\\n\"}").putAnnotations("empty", "");
        });
        var status = pod.status();
        assertThat(status.getMetadata()).isEqualTo(pod.config().getMetadata());
        assertThat(status.getLabelsMap()).isEqualTo(pod.config().getLabelsMap());
        assertThat(status.getAnnotationsMap()).isEqualTo(pod.config().getAnnotationsMap());
        var listed = Lists.pods(bench, filter -> filter.setId(pod.id())).getFirst();
        assertThat(listed.getMetadata()).isEqualTo(pod.config().getMetadata());
        assertThat(listed.getLabelsMap()).isEqualTo(pod.config().getLabelsMap());
        assertThat(listed.getAnnotationsMap()).isEqualTo(pod.config().getAnnotationsMap());
        assertThat(listed.getCreatedAt()).isEqualTo(status.getCreatedAt());
    }

    @Claim(
            answers = {
                "RunPodSandboxRequest.runtime_handler",
                "PodSandboxStatus.runtime_handler",
                "PodSandbox.runtime_handler"
            },
            quote = "If the runtime handler is unknown, this request should be rejected.")
    void unknownHandlerIsRejectedAndLeavesNoPod(Bench bench) {
        var config = bench.podConfig().build();
        Refused.any(() -> bench.runtime().runPodSandbox(Requests.run(config, "no-such-handler")));
        assertThat(Lists.pods(bench, _ -> {}))
                .noneMatch(pod -> pod.getMetadata().equals(config.getMetadata()));
    }

    @Claim(
            answers = {
                "RunPodSandboxRequest.runtime_handler",
                "PodSandboxStatus.runtime_handler",
                "PodSandbox.runtime_handler"
            })
    void handlerOfThePodIsReported(Bench bench) {
        var pod = bench.pod();
        var reported = pod.status().getRuntimeHandler();
        // A pod that asked for none may be told the name of the default one.
        if (!bench.settings().handler().isEmpty()) {
            assertThat(reported).isEqualTo(bench.settings().handler());
        }
        assertThat(Lists.pods(bench, filter -> filter.setId(pod.id()))
                        .getFirst()
                        .getRuntimeHandler())
                .isEqualTo(reported);
    }

    @Claim(answers = {"PodSandboxStatus.linux", "LinuxPodSandboxStatus.namespaces", "Namespace.options"})
    void namespaceOptionsAreReported(Bench bench) {
        var pod = bench.pod();
        assertThat(pod.status().getLinux().getNamespaces().getOptions())
                .isEqualTo(pod.config().getLinux().getSecurityContext().getNamespaceOptions());
    }

    @Claim(
            answers = {"PodSandboxStatusRequest.verbose", "PodSandboxStatusResponse.info"},
            quote = "value should be in json format. [...] It should only be returned non-empty when Verbose is true.")
    void statusHasInfoOnlyWhenVerboseAndItIsJson(Bench bench) {
        var request =
                PodSandboxStatusRequest.newBuilder().setPodSandboxId(bench.pod().id());
        assertThat(bench.runtime().podSandboxStatus(request.build()).getInfoMap())
                .isEmpty();
        var info = bench.runtime()
                .podSandboxStatus(request.setVerbose(true).build())
                .getInfoMap();
        assertThat(info).isNotEmpty();
        JsonText.assertAllJson(info);
    }

    @Claim(
            answers = {"StopPodSandbox"},
            quote = "If there are any running containers in the sandbox, they must be forcibly terminated.")
    void stopTerminatesTheContainersOfThePod(Bench bench) {
        var pod = bench.pod();
        var container = pod.start(Scripts.STUBBORN);
        pod.stop();
        assertThat(container.status().getState()).isEqualTo(ContainerState.CONTAINER_EXITED);
        assertThat(container.status().getExitCode()).isNotZero();
    }

    @Claim(
            answers = {"RemovePodSandbox"},
            quote = "If there are any running containers in the sandbox, they must be forcibly terminated and removed.")
    void removeOfRunningPodTakesItsContainersAlong(Bench bench) {
        var pod = bench.pod();
        var running = pod.start(Scripts.STUBBORN);
        var created = pod.create(_ -> {});
        pod.remove();
        assertThat(bench.runtime()
                        .listContainers(ListContainersRequest.getDefaultInstance())
                        .getContainersList())
                .noneMatch(container -> container.getId().equals(running.id())
                        || container.getId().equals(created.id()));
        assertThat(Lists.podIds(bench)).doesNotContain(pod.id());
    }

    @Claim(answers = {"PodSandboxMetadata.attempt"})
    void nextAttemptIsAnotherSandboxBesideTheFirst(Bench bench) {
        var first = bench.pod();
        first.stop();
        var next = first.config().toBuilder();
        next.getMetadataBuilder().setAttempt(1);
        var second = bench.run(next.build());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.status().getState()).isEqualTo(SANDBOX_READY);
        assertThat(first.status().getState()).isEqualTo(SANDBOX_NOTREADY);
    }

    @Claim(answers = {"PodSandboxConfig.metadata"})
    void removalFreesTheNameForANewSandbox(Bench bench) {
        var first = bench.pod();
        first.stop();
        first.remove();
        assertThat(bench.run(first.config()).status().getState()).isEqualTo(SANDBOX_READY);
    }

    @Claim(answers = {"StopPodSandbox"})
    void containersOfStoppedPodCanStillBeInspected(Bench bench) {
        var pod = bench.pod();
        var container = pod.script("echo said; exit 4");
        pod.stop();
        assertThat(container.status().getExitCode()).isEqualTo(4);
        Await.until(
                "its log is complete",
                Duration.ofSeconds(5),
                () -> container.out().equals("said\n"));
    }
}
