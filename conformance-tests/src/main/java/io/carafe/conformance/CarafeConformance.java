package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.cri.v1.CheckpointContainerRequest;
import io.carafe.cri.v1.CreateContainerResponse;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ListMetricDescriptorsRequest;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.SecurityProfile;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.UpdateContainerResourcesRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What Carafe promises beyond the proto: retries are joined, refusals say why. Other runtimes skip this. */
@Conformance(only = "carafe")
final class CarafeConformance {
    private static final List<Status.Code> NOT_HONOURED =
            List.of(Status.Code.INVALID_ARGUMENT, Status.Code.UNIMPLEMENTED);

    @Claim(answers = {"RunPodSandbox"})
    void sameSandboxAskedForAgainIsTheOneThatIsReady(Bench bench) {
        var pod = bench.pod();
        assertThat(run(bench, pod.config())).isEqualTo(pod.id());
        assertThat(Lists.pods(bench, _ -> {}).stream()
                        .filter(each -> each.getMetadata().equals(pod.config().getMetadata())))
                .hasSize(1);
    }

    @Claim(answers = {"RunPodSandbox"})
    void sameSandboxAskedForManyTimesAtOnceIsOne(Bench bench) throws InterruptedException, ExecutionException {
        var config = bench.podConfig().build();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = new ArrayList<Future<String>>();
            for (int i = 0; i < 5; i++) {
                runs.add(tasks.submit(() -> run(bench, config)));
            }
            var first = bench.adopt(runs.getFirst().get(), config);
            for (var each : runs) {
                assertThat(each.get()).isEqualTo(first.id());
            }
        }
    }

    @Claim(answers = {"RunPodSandbox"})
    void otherSandboxUnderTheSameKeyAlreadyExistsAndTheDifferenceIsNamed(Bench bench) {
        var pod = bench.pod();
        var refusal = Refused.with(
                Status.Code.ALREADY_EXISTS,
                () -> run(
                        bench,
                        pod.config().toBuilder().putLabels("another", "label").build()));
        assertThat(refusal.getDescription()).contains(pod.id()).contains("labels");
    }

    @Claim(answers = {"RunPodSandbox"})
    void sameSandboxThatIsStoppedAlreadyExistsAndItsStateIsNamed(Bench bench) {
        var pod = bench.pod();
        pod.stop();
        var refusal = Refused.with(Status.Code.ALREADY_EXISTS, () -> run(bench, pod.config()));
        assertThat(refusal.getDescription()).contains(pod.id()).containsIgnoringCase("notready");
    }

    @Claim(answers = {"RunPodSandbox"})
    void sandboxWhoseClientGaveUpIsGivenToTheRetry(Bench bench) {
        var config = bench.podConfig().build();
        try {
            var _ = bench.cri()
                    .runtime(Duration.ofMillis(5))
                    .runPodSandbox(Requests.run(config, bench.settings().handler()));
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        var pod = bench.run(config);
        assertThat(Lists.pods(bench, _ -> {}).stream()
                        .filter(each -> each.getMetadata().equals(config.getMetadata()))
                        .map(each -> each.getId()))
                .containsExactly(pod.id());
    }

    @Claim(answers = {"CreateContainer"})
    void sameContainerAskedForAgainIsTheOneThatIsCreated(Bench bench) {
        var pod = bench.pod();
        var container = pod.create(_ -> {});
        CreateContainerResponse again = bench.runtime().createContainer(pod.request(container.config()));
        assertThat(again.getContainerId()).isEqualTo(container.id());
    }

    @Claim(answers = {"CreateContainer"})
    void otherContainerUnderTheSameKeyAlreadyExistsAndTheDifferenceIsNamed(Bench bench) {
        var pod = bench.pod();
        var container = pod.create(_ -> {});
        var other = container.config().toBuilder().addArgs("more").build();
        var refusal = Refused.with(Status.Code.ALREADY_EXISTS, () -> pod.create(other));
        assertThat(refusal.getDescription()).contains(container.id()).contains("args");
    }

    @Claim(answers = {"CreateContainer"})
    void sameContainerThatHasStartedAlreadyExistsAndItsStateIsNamed(Bench bench) {
        var pod = bench.pod();
        var container = pod.start();
        var refusal = Refused.with(Status.Code.ALREADY_EXISTS, () -> pod.create(container.config()));
        assertThat(refusal.getDescription()).contains(container.id()).containsIgnoringCase("running");
    }

    @Claim(answers = {"ContainerConfig.CDI_devices", "CDIDevice.name"})
    void fieldThatIsNotHonouredIsRefusedByItsName(Bench bench) {
        var pod = bench.pod();
        var refusal = Refused.with(
                NOT_HONOURED,
                () -> pod.create(config -> config.addCDIDevicesBuilder().setName("vendor.com/gpu=0")));
        assertThat(refusal.getDescription()).containsIgnoringCase("CDI_devices");
    }

    @Claim(answers = {"ExecSync"})
    void commandEndsWhenItsCallerHangsUp(Bench bench) {
        var container = bench.pod().start();
        try {
            var _ = bench.cri()
                    .runtime(Duration.ofSeconds(1))
                    .execSync(Requests.exec(container.id(), 0, "sleep", "7657"));
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        Await.until(
                "the command is gone",
                Duration.ofSeconds(5),
                () -> !container.exec("ps", "-o", "args").out().contains("7657"));
    }

    @Claim(answers = {"Container.image_ref", "ContainerStatus.image_ref"})
    void listAndStatusNameTheImageAlike(Bench bench) {
        var container = bench.pod().start();
        assertThat(Lists.containers(bench, filter -> filter.setId(container.id())))
                .singleElement()
                .satisfies(item -> assertThat(item.getImageRef())
                        .isEqualTo(container.status().getImageRef()))
                .satisfies(item -> assertThat(item.getImage().getImage())
                        .isEqualTo(container.status().getImage().getImage()));
    }

    @Claim(answers = {"LinuxSandboxSecurityContext.seccomp"})
    void seccompProfileOfAPodThatIsNotThereIsRefusedAlsoWithoutASandboxContainer(Bench bench) {
        var config = bench.podConfig();
        var security = config.getLinuxBuilder().getSecurityContextBuilder();
        security.getNamespaceOptionsBuilder().setPid(NamespaceMode.CONTAINER);
        security.getSeccompBuilder()
                .setProfileType(SecurityProfile.ProfileType.Localhost)
                .setLocalhostRef("/no/such/profile.json");
        var refusal = Refused.with(Status.Code.INVALID_ARGUMENT, () -> run(bench, config.build()));
        assertThat(String.valueOf(refusal)).contains("/no/such/profile.json");
    }

    @Claim(answers = {"ContainerConfig.log_path"})
    void logPathWithoutALogDirectoryIsRefusedByItsName(Bench bench) {
        var config = bench.podConfig().clearLogDirectory().build();
        var pod = bench.adopt(run(bench, config), config);
        var refusal = Refused.with(
                Status.Code.INVALID_ARGUMENT, () -> pod.create(container -> container.setLogPath("c.log")));
        assertThat(String.valueOf(refusal)).contains("config.log_path");
    }

    @Claim(answers = {"Mount.image", "Mount.image_sub_path"})
    void imageVolumeThatIsNotHonouredIsRefusedByItsName(Bench bench) {
        var pod = bench.pod();
        var refusal = Refused.with(
                NOT_HONOURED,
                () -> pod.create(config -> config.addMountsBuilder()
                        .setImage(ImageSpec.newBuilder()
                                .setImage(bench.images().busybox().reference()))
                        .setContainerPath("/volume")));
        assertThat(refusal.getDescription()).containsIgnoringCase("image");
    }

    @Claim(answers = {"PodSandboxConfig.windows", "ContainerConfig.windows"})
    void windowsConfigIsRefusedByItsName(Bench bench) {
        var config = bench.podConfig();
        config.getWindowsBuilder().getSecurityContextBuilder().setHostProcess(true);
        assertThat(Refused.with(NOT_HONOURED, () -> run(bench, config.build())).getDescription())
                .containsIgnoringCase("windows");
    }

    @Claim(answers = {"UpdateContainerResources", "CheckpointContainer", "ListMetricDescriptors"})
    void callsThatComeLaterAreUnimplementedAndSayItInASentence(Bench bench) {
        var calls = List.<Runnable>of(
                () -> bench.runtime().updateContainerResources(UpdateContainerResourcesRequest.getDefaultInstance()),
                () -> bench.runtime().checkpointContainer(CheckpointContainerRequest.getDefaultInstance()),
                () -> bench.runtime().listMetricDescriptors(ListMetricDescriptorsRequest.getDefaultInstance()));
        for (var call : calls) {
            assertThat(Refused.with(Status.Code.UNIMPLEMENTED, call).getDescription())
                    .contains(" ");
        }
    }

    @Claim(answers = {"Status"})
    void verboseStatusHasTheHandlersWithTheirReasons(Bench bench) {
        var info = bench.runtime()
                .status(StatusRequest.newBuilder().setVerbose(true).build())
                .getInfoMap();
        assertThat(info).containsKey("handlers");
        assertThat(info.get("handlers")).contains("\"name\"", "\"provider\"", "\"available\"", "\"features\"");
    }

    private static String run(Bench bench, PodSandboxConfig config) {
        return bench.runtime()
                .runPodSandbox(Requests.run(config, bench.settings().handler()))
                .getPodSandboxId();
    }
}
