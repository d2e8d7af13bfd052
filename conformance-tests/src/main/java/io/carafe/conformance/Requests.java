package io.carafe.conformance;

import io.carafe.cri.v1.ContainerStatsRequest;
import io.carafe.cri.v1.ContainerStatusRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.ImageStatusRequest;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxStatusRequest;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RemoveImageRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import java.util.List;

/** Requests in one line each. */
final class Requests {
    private Requests() {}

    static RunPodSandboxRequest run(PodSandboxConfig config, String handler) {
        return RunPodSandboxRequest.newBuilder()
                .setConfig(config)
                .setRuntimeHandler(handler)
                .build();
    }

    static PodSandboxStatusRequest podStatus(String id) {
        return PodSandboxStatusRequest.newBuilder().setPodSandboxId(id).build();
    }

    static ContainerStatusRequest containerStatus(String id) {
        return ContainerStatusRequest.newBuilder().setContainerId(id).build();
    }

    static ContainerStatsRequest containerStats(String id) {
        return ContainerStatsRequest.newBuilder().setContainerId(id).build();
    }

    static ExecSyncRequest exec(String id, long timeoutSeconds, String... command) {
        return ExecSyncRequest.newBuilder()
                .setContainerId(id)
                .setTimeout(timeoutSeconds)
                .addAllCmd(List.of(command))
                .build();
    }

    static ImageSpec image(String reference) {
        return ImageSpec.newBuilder().setImage(reference).build();
    }

    static PullImageRequest pull(String reference) {
        return PullImageRequest.newBuilder().setImage(image(reference)).build();
    }

    static RemoveImageRequest removeImage(String reference) {
        return RemoveImageRequest.newBuilder().setImage(image(reference)).build();
    }

    static ImageStatusRequest imageStatus(String reference) {
        return ImageStatusRequest.newBuilder().setImage(image(reference)).build();
    }
}
