package io.carafe.grpc;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.carafe.cri.v1.AttachRequest;
import io.carafe.cri.v1.ContainerStatsRequest;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.ImageFsInfoRequest;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.ListContainerStatsRequest;
import io.carafe.cri.v1.ListContainersRequest;
import io.carafe.cri.v1.ListImagesRequest;
import io.carafe.cri.v1.ListPodSandboxRequest;
import io.carafe.cri.v1.ListPodSandboxStatsRequest;
import io.carafe.cri.v1.PodSandboxStatsRequest;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.carafe.cri.v1.PortForwardRequest;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RemoveContainerRequest;
import io.carafe.cri.v1.RemoveImageRequest;
import io.carafe.cri.v1.RemovePodSandboxRequest;
import io.carafe.cri.v1.ReopenContainerLogRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.RuntimeConfigRequest;
import io.carafe.cri.v1.StartContainerRequest;
import io.carafe.cri.v1.StatusRequest;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import io.carafe.cri.v1.UpdateRuntimeConfigRequest;
import io.carafe.cri.v1.VersionRequest;
import io.carafe.domain.container.ContainerState;
import java.util.List;
import java.util.function.Function;

/**
 * How one call reads its request: the least request that is accepted, and the domain values that come of it, in a form that can
 * be compared (for filters: which of the samples they let through).
 */
record RequestReader(String call, Message least, Function<Message, Object> read) {
    private static final String SANDBOX_CONFIG = "config { metadata { name: 'pod' } }";
    private static final String CONTAINER_CONFIG =
            "pod_sandbox_id: 's' config { metadata { name: 'c' } image { image: 'busybox' } }";

    static List<RequestReader> all() {
        PodSandboxFromProto sandboxes = new PodSandboxFromProto(Samples.HOST);
        ContainerFromProto containers = new ContainerFromProto(Samples.HOST);
        ImageFromProto images = new ImageFromProto();
        RuntimeFromProto runtime = new RuntimeFromProto();
        return List.of(
                of("Version", VersionRequest.class, "", request -> ""),
                of("Status", StatusRequest.class, "", runtime::statusVerbose),
                of("RuntimeConfig", RuntimeConfigRequest.class, "", request -> ""),
                of("UpdateRuntimeConfig", UpdateRuntimeConfigRequest.class, "", runtime::podCidr),
                of("RunPodSandbox", RunPodSandboxRequest.class, SANDBOX_CONFIG, sandboxes::run),
                of("StopPodSandbox", StopPodSandboxRequest.class, "pod_sandbox_id: 's'", sandboxes::stop),
                of("RemovePodSandbox", RemovePodSandboxRequest.class, "pod_sandbox_id: 's'", sandboxes::remove),
                of("PodSandboxStatus", PodSandboxStatusRequest.class, "pod_sandbox_id: 's'", sandboxes::status),
                of(
                        "ListPodSandbox",
                        ListPodSandboxRequest.class,
                        "",
                        request -> sandboxes.list(request).test(Samples.readySandbox(sandboxConfig()))),
                of("CreateContainer", CreateContainerRequest.class, CONTAINER_CONFIG, containers::create),
                of("StartContainer", StartContainerRequest.class, "container_id: 'c'", containers::start),
                of("StopContainer", StopContainerRequest.class, "container_id: 'c'", containers::stop),
                of("RemoveContainer", RemoveContainerRequest.class, "container_id: 'c'", containers::remove),
                of(
                        "ListContainers",
                        ListContainersRequest.class,
                        "",
                        request -> containers.list(request).test(created())),
                of("ContainerStatus", ContainerStatusRequest.class, "container_id: 'c'", containers::status),
                of("ExecSync", ExecSyncRequest.class, "container_id: 'c' cmd: 'true'", containers::execSync),
                of("Exec", ExecRequest.class, "container_id: 'c' cmd: 'sh' stdin: true", containers::exec),
                of("Attach", AttachRequest.class, "container_id: 'c' stdin: true", containers::attach),
                of("PortForward", PortForwardRequest.class, "pod_sandbox_id: 's'", sandboxes::portForward),
                of("ReopenContainerLog", ReopenContainerLogRequest.class, "container_id: 'c'", containers::reopenLog),
                of("ContainerStats", ContainerStatsRequest.class, "container_id: 'c'", containers::stats),
                of(
                        "ListContainerStats",
                        ListContainerStatsRequest.class,
                        "",
                        request -> containers.listStats(request).test(created())),
                of("PodSandboxStats", PodSandboxStatsRequest.class, "pod_sandbox_id: 's'", sandboxes::stats),
                of(
                        "ListPodSandboxStats",
                        ListPodSandboxStatsRequest.class,
                        "",
                        request -> sandboxes.listStats(request).test(Samples.readySandbox(sandboxConfig()))),
                of("ListImages", ListImagesRequest.class, "", images::list),
                of("ImageStatus", ImageStatusRequest.class, "image { image: 'busybox' }", images::status),
                of("PullImage", PullImageRequest.class, "image { image: 'busybox' }", images::pull),
                of("RemoveImage", RemoveImageRequest.class, "image { image: 'busybox' }", images::remove),
                of("ImageFsInfo", ImageFsInfoRequest.class, "", request -> ""));
    }

    private static io.carafe.cri.v1.PodSandboxConfig sandboxConfig() {
        return parse(RunPodSandboxRequest.class, SANDBOX_CONFIG).getConfig();
    }

    private static io.carafe.domain.container.Container created() {
        return Samples.container(
                parse(CreateContainerRequest.class, CONTAINER_CONFIG).getConfig(),
                new ContainerState.Created(Samples.CREATED));
    }

    private static <T extends Message> RequestReader of(
            String call, Class<T> type, String least, Function<T, Object> read) {
        return new RequestReader(call, parse(type, least), message -> read.apply(type.cast(message)));
    }

    static <T extends Message> T parse(Class<T> type, String text) {
        try {
            return TextFormat.parse(text, type);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
