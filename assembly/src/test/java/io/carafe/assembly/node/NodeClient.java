package io.carafe.assembly.node;

import io.carafe.conformance.bench.Await;
import io.carafe.conformance.bench.LogLine;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.Mount;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxStatus;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.StartContainerRequest;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a kubelet would ask of a {@link PrivateNode}. */
record NodeClient(PrivateNode node) {
    PodSandboxConfig pod(NamespaceMode pid) {
        String name = "pod-" + UUID.randomUUID();
        var config = PodSandboxConfig.newBuilder()
                .setLogDirectory(node.work().resolve("logs").resolve(name).toString());
        config.getMetadataBuilder().setName(name).setUid(name).setNamespace("node");
        config.getLinuxBuilder()
                .setCgroupParent(node.cgroupParent() + "/" + name)
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(pid);
        return config.build();
    }

    String run(PodSandboxConfig config, String handler) {
        return node.cri()
                .runtime()
                .runPodSandbox(RunPodSandboxRequest.newBuilder()
                        .setConfig(config)
                        .setRuntimeHandler(handler)
                        .build())
                .getPodSandboxId();
    }

    void pull() {
        node.cri()
                .images()
                .pullImage(PullImageRequest.newBuilder()
                        .setImage(ImageSpec.newBuilder().setImage(node.busybox()))
                        .build());
    }

    /** A container of a shell script, not started; its log is {@code name.log}. */
    String create(String pod, PodSandboxConfig config, String name, String script) {
        var container = ContainerConfig.newBuilder()
                .setImage(ImageSpec.newBuilder().setImage(node.busybox()))
                .addAllCommand(List.of("sh", "-c", script))
                .setLogPath(name + ".log")
                .addMounts(
                        Mount.newBuilder().setHostPath(node.shared().toString()).setContainerPath("/shared"));
        container.getMetadataBuilder().setName(name);
        container
                .getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(config.getLinux()
                        .getSecurityContext()
                        .getNamespaceOptions()
                        .getPid());
        return node.cri()
                .runtime()
                .createContainer(CreateContainerRequest.newBuilder()
                        .setPodSandboxId(pod)
                        .setConfig(container)
                        .setSandboxConfig(config)
                        .build())
                .getContainerId();
    }

    void start(String container) {
        node.cri()
                .runtime()
                .startContainer(StartContainerRequest.newBuilder()
                        .setContainerId(container)
                        .build());
    }

    List<PodSandbox> pods() {
        return node.cri()
                .runtime()
                .listPodSandbox(ListPodSandboxRequest.getDefaultInstance())
                .getItemsList();
    }

    List<Container> containers() {
        return node.cri()
                .runtime()
                .listContainers(ListContainersRequest.getDefaultInstance())
                .getContainersList();
    }

    PodSandboxStatus podStatus(String pod) {
        return node.cri()
                .runtime()
                .podSandboxStatus(PodSandboxStatusRequest.newBuilder()
                        .setPodSandboxId(pod)
                        .build())
                .getStatus();
    }

    ContainerStatus status(String container) {
        return node.cri()
                .runtime()
                .containerStatus(ContainerStatusRequest.newBuilder()
                        .setContainerId(container)
                        .build())
                .getStatus();
    }

    ContainerStatus awaitExit(String container) {
        return Await.until(
                "container " + container + " has exited",
                Duration.ofSeconds(30),
                () -> status(container),
                status -> status.getState() == ContainerState.CONTAINER_EXITED);
    }

    /** Waits until somebody in the container's pod listens at a TCP port. */
    void awaitListening(String container, int port) {
        String listening = "cat /proc/net/tcp /proc/net/tcp6 | grep -qi ':%04X 0*:0000 0A' && echo yes".formatted(port);
        Await.until(
                "container " + container + " listens at " + port,
                Duration.ofSeconds(30),
                () -> exec(container, "sh", "-c", listening).equals("yes"));
    }

    /** What a container has written so far. */
    List<String> words(PodSandboxConfig config, String name) {
        Path log = Path.of(config.getLogDirectory(), name + ".log");
        return LogLine.text(LogLine.read(log), "stdout").lines().toList();
    }

    /** What a command in a container writes. */
    String exec(String container, String... command) {
        return node.cri()
                .runtime()
                .execSync(ExecSyncRequest.newBuilder()
                        .setContainerId(container)
                        .addAllCmd(List.of(command))
                        .setTimeout(10)
                        .build())
                .getStdout()
                .toStringUtf8()
                .strip();
    }

    /** A key of the verbose status: JSON. */
    String info(String key) {
        return node.cri()
                .runtime()
                .status(StatusRequest.newBuilder().setVerbose(true).build())
                .getInfoOrDefault(key, "");
    }

    void remove(String pod) {
        node.cri()
                .runtime()
                .stopPodSandbox(
                        StopPodSandboxRequest.newBuilder().setPodSandboxId(pod).build());
        node.cri()
                .runtime()
                .removePodSandbox(RemovePodSandboxRequest.newBuilder()
                        .setPodSandboxId(pod)
                        .build());
    }
}
