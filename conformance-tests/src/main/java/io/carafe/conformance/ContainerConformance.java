package io.carafe.conformance;

import static io.carafe.cri.v1.ContainerState.CONTAINER_CREATED;
import static io.carafe.cri.v1.ContainerState.CONTAINER_EXITED;
import static io.carafe.cri.v1.ContainerState.CONTAINER_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.grpc.Status;
import java.time.Duration;

/** The life of a container: create, start, stop, remove, its exit, and what status tells meanwhile. */
@Conformance
final class ContainerConformance {
    @Claim(
            answers = {
                "Container basic: create",
                "CreateContainerRequest.pod_sandbox_id",
                "CreateContainerRequest.config",
                "CreateContainerRequest.sandbox_config",
                "CreateContainerResponse.container_id",
                "ContainerStatusRequest.container_id",
                "ContainerStatusResponse.status",
                "ContainerStatus.id",
                "ContainerStatus.state",
                "ContainerStatus.created_at"
            })
    void createdContainerIsCreatedAndHasNotRun(Bench bench) {
        var container = bench.pod().create(_ -> {});
        var status = container.status();
        assertThat(status.getId()).isEqualTo(container.id()).isNotEmpty();
        assertThat(status.getState()).isEqualTo(CONTAINER_CREATED);
        assertThat(status.getCreatedAt()).isPositive();
        assertThat(status.getStartedAt()).isZero();
        assertThat(status.getFinishedAt()).isZero();
        assertThat(container.log()).isEmpty();
    }

    @Claim(
            answers = {
                "Container basic: preserve attributes",
                "ContainerConfig.metadata",
                "ContainerConfig.labels",
                "ContainerConfig.annotations",
                "ContainerMetadata.name",
                "ContainerMetadata.attempt",
                "ContainerStatus.metadata",
                "ContainerStatus.labels",
                "ContainerStatus.annotations",
                "Container.metadata",
                "Container.labels",
                "Container.annotations",
                "Container.created_at"
            },
            quote = "the value of this field MUST be identical to that of the corresponding ContainerConfig")
    void attributesAreKeptUnaltered(Bench bench) {
        var container = bench.pod().create(config -> {
            config.getMetadataBuilder().setAttempt(2);
            config.putLabels("one", "1").putAnnotations("example.com/json", "{\"a\": \"\u00e4\\n\"}");
        });
        var status = container.status();
        assertThat(status.getMetadata()).isEqualTo(container.config().getMetadata());
        assertThat(status.getLabelsMap()).isEqualTo(container.config().getLabelsMap());
        assertThat(status.getAnnotationsMap()).isEqualTo(container.config().getAnnotationsMap());
        var listed =
                Lists.containers(bench, filter -> filter.setId(container.id())).getFirst();
        assertThat(listed.getMetadata()).isEqualTo(container.config().getMetadata());
        assertThat(listed.getLabelsMap()).isEqualTo(container.config().getLabelsMap());
        assertThat(listed.getAnnotationsMap()).isEqualTo(container.config().getAnnotationsMap());
        assertThat(listed.getCreatedAt()).isEqualTo(status.getCreatedAt());
    }

    @Claim(answers = {"Container basic: start", "StartContainerRequest.container_id", "ContainerStatus.started_at"})
    void startedContainerRuns(Bench bench) {
        var container = bench.pod().start();
        var status = container.status();
        assertThat(status.getState()).isEqualTo(CONTAINER_RUNNING);
        assertThat(status.getStartedAt()).isGreaterThanOrEqualTo(status.getCreatedAt());
        assertThat(status.getFinishedAt()).isZero();
    }

    @Claim(answers = {"Container basic: stop", "StopContainerRequest.container_id", "ContainerStatus.finished_at"})
    void stoppedContainerHasExited(Bench bench) {
        var container = bench.pod().start();
        container.stop(Duration.ofSeconds(20));
        var status = container.status();
        assertThat(status.getState()).isEqualTo(CONTAINER_EXITED);
        assertThat(status.getFinishedAt()).isGreaterThanOrEqualTo(status.getStartedAt());
    }

    @Claim(answers = {"Container basic: remove created", "RemoveContainerRequest.container_id"})
    void createdContainerCanBeRemoved(Bench bench) {
        assertRemovable(bench, bench.pod().create(_ -> {}));
    }

    @Claim(
            answers = {"Container basic: remove running", "RemoveContainerRequest.container_id"},
            quote = "If the container is running, the container must be forcibly removed.")
    void runningContainerCanBeRemoved(Bench bench) {
        assertRemovable(bench, bench.pod().start(Scripts.STUBBORN));
    }

    @Claim(answers = {"Container basic: remove stopped", "RemoveContainerRequest.container_id"})
    void stoppedContainerCanBeRemoved(Bench bench) {
        var container = bench.pod().start();
        container.stop(Duration.ofSeconds(20));
        assertRemovable(bench, container);
    }

    private static void assertRemovable(Bench bench, TestContainer container) {
        container.remove();
        Refused.with(Status.Code.NOT_FOUND, container::status);
        assertThat(Lists.containerIds(bench, filter -> filter.setId(container.id())))
                .isEmpty();
    }

    @Claim(
            answers = {
                "ContainerStatus.exit_code",
                "ContainerStatus.reason",
                "ContainerStatus.message",
                "ContainerStatus.finished_at"
            },
            quote = "Brief CamelCase string explaining why container is in its current state.")
    void exitCodeAndReasonAreTold(Bench bench) {
        var pod = bench.pod();
        var failed = pod.script("exit 7").status();
        assertThat(failed.getExitCode()).isEqualTo(7);
        assertThat(failed.getReason()).matches("[A-Z][A-Za-z]*").isNotEqualTo("OOMKilled");
        assertThat(failed.getFinishedAt()).isGreaterThanOrEqualTo(failed.getStartedAt());
        var good = pod.script("exit 0").status();
        assertThat(good.getExitCode()).isZero();
        assertThat(good.getReason()).matches("[A-Z][A-Za-z]*").isNotEqualTo(failed.getReason());
    }

    @Claim(answers = {"ContainerStatus.exit_code"})
    void deathBySignalIs128AndTheSignal(Bench bench) {
        // In the pod's PID namespace it is not the init process, which the kernel shields from its own signals.
        var pod = bench.pod(Scripts.POD_PID);
        var container = pod.script("kill -9 $$", Scripts.CONTAINER_IN_POD_PID);
        assertThat(container.status().getExitCode()).isEqualTo(137);
        assertThat(container.status().getReason()).isNotEqualTo("OOMKilled");
    }

    @Claim(answers = {"ContainerStatus.finished_at"})
    void exitTimeIsThatOfTheExitNotOfTheQuestion(Bench bench) {
        var container = bench.pod().script("true");
        var first = container.status().getFinishedAt();
        assertThat(container.status().getFinishedAt()).isEqualTo(first);
        assertThat(Times.at(first)).isBefore(java.time.Instant.now());
    }

    @Claim(answers = {"StartContainer"})
    void startingTwiceIsRefused(Bench bench) {
        var container = bench.pod().start();
        Refused.any(container::start);
        assertThat(container.status().getState()).isEqualTo(CONTAINER_RUNNING);
    }

    @Claim(answers = {"StartContainer"})
    void startingAnExitedContainerIsRefused(Bench bench) {
        var container = bench.pod().script("exit 3");
        Refused.any(container::start);
        assertThat(container.status().getExitCode()).isEqualTo(3);
    }

    @Claim(answers = {"StartContainer", "ContainerConfig.command"})
    void commandThatDoesNotExistFailsAtCreateOrStartAndLeavesNothingRunning(Bench bench) {
        var pod = bench.pod();
        var refusal = Refused.any(() -> pod.start(Scripts.command("/no/such/program")));
        assertThat(String.valueOf(refusal.getDescription())).contains("/no/such/program");
        assertThat(Lists.containers(bench, filter -> filter.setPodSandboxId(pod.id())))
                .allSatisfy(left -> assertThat(left.getState()).isEqualTo(CONTAINER_EXITED));
    }

    @Claim(answers = {"ContainerMetadata.attempt"})
    void nextAttemptStandsBesideTheFirst(Bench bench) {
        var pod = bench.pod();
        var first = pod.script("exit 1");
        var next = first.config().toBuilder();
        next.getMetadataBuilder().setAttempt(1);
        var second = pod.create(next.build());
        second.start();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(first.status().getState()).isEqualTo(CONTAINER_EXITED);
    }

    @Claim(
            answers = {"ContainerStatusRequest.verbose", "ContainerStatusResponse.info"},
            quote = "value should be in json format. [...] It should only be returned non-empty when Verbose is true.")
    void statusHasInfoOnlyWhenVerboseAndItIsJson(Bench bench) {
        var request = ContainerStatusRequest.newBuilder()
                .setContainerId(bench.pod().start().id());
        assertThat(bench.runtime().containerStatus(request.build()).getInfoMap())
                .isEmpty();
        var info = bench.runtime()
                .containerStatus(request.setVerbose(true).build())
                .getInfoMap();
        assertThat(info).isNotEmpty();
        JsonText.assertAllJson(info);
    }

    @Claim(answers = {"StartContainer"})
    void containerDoesNotStartInAStoppedPod(Bench bench) {
        var pod = bench.pod();
        var container = pod.create(_ -> {});
        pod.stop();
        Refused.any(container::start);
    }
}
