package io.carafe.grpc;

import io.carafe.cri.v1.ContainerAttributes;
import io.carafe.cri.v1.ContainerMetadata;
import io.carafe.cri.v1.ContainerResources;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.ImageSpec;
import io.carafe.cri.v1.LinuxContainerUser;
import io.carafe.cri.v1.Mount;
import io.carafe.cri.v1.MountPropagation;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerMount;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.image.Image;
import io.carafe.domain.process.ExitStatus;

/** Containers in CRI's words. */
public final class ContainerToProto {
    private ContainerToProto() {}

    /** For ListContainers, where the image has been removed meanwhile. */
    public static io.carafe.cri.v1.Container item(Container container) {
        return item(container, ImageNames.of(container));
    }

    /** For ListContainers. */
    public static io.carafe.cri.v1.Container item(Container container, Image image) {
        return item(container, ImageNames.of(container, image));
    }

    /** For ContainerStatus, where the image has been removed meanwhile. */
    public static ContainerStatus status(Container container) {
        return status(container, ImageNames.of(container));
    }

    /** For ContainerStatus. */
    public static ContainerStatus status(Container container, Image image) {
        return status(container, ImageNames.of(container, image));
    }

    /** What the kubelet is told of a state: cut off creations are unknown to it, so that it removes them. */
    static io.carafe.cri.v1.ContainerState state(ContainerState state) {
        return switch (state) {
            case ContainerState.Created _ -> io.carafe.cri.v1.ContainerState.CONTAINER_CREATED;
            case ContainerState.Running _ -> io.carafe.cri.v1.ContainerState.CONTAINER_RUNNING;
            case ContainerState.Exited _, ContainerState.Removing _ -> io.carafe.cri.v1.ContainerState.CONTAINER_EXITED;
            case ContainerState.Creating _, ContainerState.Unknown _ ->
                io.carafe.cri.v1.ContainerState.CONTAINER_UNKNOWN;
        };
    }

    /** For stats. */
    static ContainerAttributes attributes(Container container) {
        return ContainerAttributes.newBuilder()
                .setId(container.id().value())
                .setMetadata(metadata(container))
                .putAllLabels(container.config().labels())
                .putAllAnnotations(container.config().annotations())
                .build();
    }

    private static io.carafe.cri.v1.Container item(Container container, ImageNames image) {
        return io.carafe.cri.v1.Container.newBuilder()
                .setId(container.id().value())
                .setPodSandboxId(container.sandboxId().value())
                .setMetadata(metadata(container))
                .setImage(spec(container, image))
                .setImageRef(image.reference())
                .setImageId(container.imageId().toString())
                .setState(state(container.state()))
                .setCreatedAt(Timestamps.nanos(container.state().createdAt()))
                .putAllLabels(container.config().labels())
                .putAllAnnotations(container.config().annotations())
                .build();
    }

    private static ContainerStatus status(Container container, ImageNames image) {
        ContainerStatus.Builder status = ContainerStatus.newBuilder()
                .setId(container.id().value())
                .setMetadata(metadata(container))
                .setState(state(container.state()))
                .setCreatedAt(Timestamps.nanos(container.state().createdAt()))
                .setImage(spec(container, image))
                .setImageRef(image.reference())
                .setImageId(container.imageId().toString())
                .putAllLabels(container.config().labels())
                .putAllAnnotations(container.config().annotations())
                .setResources(
                        ContainerResources.newBuilder().setLinux(ResourcesToProto.resources(container.resources())))
                .setUser(io.carafe.cri.v1.ContainerUser.newBuilder().setLinux(user(container.user())))
                .setStopSignal(Signals.toProto(container.stopSignal()));
        container.config().mounts().forEach(mount -> status.addMounts(mount(mount)));
        container.logPath().ifPresent(path -> status.setLogPath(path.toString()));
        addProgress(status, container.state());
        return status.build();
    }

    private static void addProgress(ContainerStatus.Builder status, ContainerState state) {
        switch (state) {
            case ContainerState.Creating _ -> status.setReason("Creating");
            case ContainerState.Created _ -> {}
            case ContainerState.Running running -> status.setStartedAt(Timestamps.nanos(running.startedAt()));
            case ContainerState.Exited exited -> {
                exited.startedAt().ifPresent(at -> status.setStartedAt(Timestamps.nanos(at)));
                addExit(status, exited.status());
            }
            case ContainerState.Removing removing -> {
                removing.startedAt().ifPresent(at -> status.setStartedAt(Timestamps.nanos(at)));
                addExit(status, removing.status());
            }
            case ContainerState.Unknown unknown -> {
                unknown.startedAt().ifPresent(at -> status.setStartedAt(Timestamps.nanos(at)));
                status.setReason(ExitStatus.CONTAINER_STATUS_UNKNOWN).setMessage(unknown.cause());
            }
        }
    }

    private static void addExit(ContainerStatus.Builder status, ExitStatus exit) {
        status.setFinishedAt(Timestamps.nanos(exit.finishedAt()))
                .setExitCode(exit.code())
                .setReason(exit.reason())
                .setMessage(exit.message());
    }

    private static ContainerMetadata metadata(Container container) {
        return ContainerMetadata.newBuilder()
                .setName(container.config().metadata().name())
                .setAttempt(container.config().metadata().attempt())
                .build();
    }

    private static ImageSpec spec(Container container, ImageNames image) {
        return ImageSpec.newBuilder()
                .setImage(image.name())
                .setUserSpecifiedImage(container.config().userSpecifiedImage())
                .build();
    }

    private static LinuxContainerUser user(ContainerUser user) {
        return LinuxContainerUser.newBuilder()
                .setUid(user.uid())
                .setGid(user.gid())
                .addAllSupplementalGroups(user.supplementalGroups())
                .build();
    }

    private static Mount mount(ContainerMount mount) {
        return Mount.newBuilder()
                .setContainerPath(mount.containerPath())
                .setHostPath(mount.hostPath())
                .setReadonly(mount.readonly())
                .setSelinuxRelabel(mount.selinuxRelabel())
                .setRecursiveReadOnly(mount.recursiveReadOnly())
                .setPropagation(
                        switch (mount.propagation()) {
                            case PRIVATE -> MountPropagation.PROPAGATION_PRIVATE;
                            case HOST_TO_CONTAINER -> MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
                            case BIDIRECTIONAL -> MountPropagation.PROPAGATION_BIDIRECTIONAL;
                        })
                .build();
    }
}
