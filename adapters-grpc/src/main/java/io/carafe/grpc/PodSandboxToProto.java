package io.carafe.grpc;

import io.carafe.cri.v1.IDMapping;
import io.carafe.cri.v1.LinuxPodSandboxStatus;
import io.carafe.cri.v1.Namespace;
import io.carafe.cri.v1.NamespaceOption;
import io.carafe.cri.v1.PodIP;
import io.carafe.cri.v1.PodSandboxAttributes;
import io.carafe.cri.v1.PodSandboxMetadata;
import io.carafe.cri.v1.PodSandboxNetworkStatus;
import io.carafe.cri.v1.PodSandboxState;
import io.carafe.cri.v1.PodSandboxStatus;
import io.carafe.domain.sandbox.IdMapping;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.PodNetworkStatus;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.UserNamespace;

/** Pod sandboxes in CRI's words. */
public final class PodSandboxToProto {
    private PodSandboxToProto() {}

    /** For ListPodSandbox. */
    public static io.carafe.cri.v1.PodSandbox item(PodSandbox sandbox) {
        return io.carafe.cri.v1.PodSandbox.newBuilder()
                .setId(sandbox.id().value())
                .setMetadata(metadata(sandbox))
                .setState(state(sandbox))
                .setCreatedAt(Timestamps.nanos(sandbox.state().createdAt()))
                .putAllLabels(sandbox.config().labels())
                .putAllAnnotations(sandbox.config().annotations())
                .setRuntimeHandler(sandbox.handler().name())
                .build();
    }

    /** For PodSandboxStatus. */
    public static PodSandboxStatus status(PodSandbox sandbox) {
        return PodSandboxStatus.newBuilder()
                .setId(sandbox.id().value())
                .setMetadata(metadata(sandbox))
                .setState(state(sandbox))
                .setCreatedAt(Timestamps.nanos(sandbox.state().createdAt()))
                .setNetwork(network(sandbox.network()))
                .setLinux(LinuxPodSandboxStatus.newBuilder()
                        .setNamespaces(Namespace.newBuilder()
                                .setOptions(
                                        namespaces(sandbox.config().security().namespaces()))))
                .putAllLabels(sandbox.config().labels())
                .putAllAnnotations(sandbox.config().annotations())
                .setRuntimeHandler(sandbox.handler().name())
                .build();
    }

    /** For stats. */
    static PodSandboxAttributes attributes(PodSandbox sandbox) {
        return PodSandboxAttributes.newBuilder()
                .setId(sandbox.id().value())
                .setMetadata(metadata(sandbox))
                .putAllLabels(sandbox.config().labels())
                .putAllAnnotations(sandbox.config().annotations())
                .build();
    }

    private static PodSandboxState state(PodSandbox sandbox) {
        return sandbox.isReady() ? PodSandboxState.SANDBOX_READY : PodSandboxState.SANDBOX_NOTREADY;
    }

    private static PodSandboxMetadata metadata(PodSandbox sandbox) {
        return PodSandboxMetadata.newBuilder()
                .setName(sandbox.config().metadata().name())
                .setUid(sandbox.config().metadata().uid())
                .setNamespace(sandbox.config().metadata().namespace())
                .setAttempt(sandbox.config().metadata().attempt())
                .build();
    }

    private static PodSandboxNetworkStatus network(PodNetworkStatus network) {
        PodSandboxNetworkStatus.Builder status = PodSandboxNetworkStatus.newBuilder();
        network.ips().stream().limit(1).forEach(status::setIp);
        network.ips().stream()
                .skip(1)
                .forEach(ip -> status.addAdditionalIps(PodIP.newBuilder().setIp(ip)));
        return status.build();
    }

    private static NamespaceOption namespaces(NamespaceOptions options) {
        NamespaceOption.Builder proto = NamespaceOption.newBuilder()
                .setNetwork(mode(options.network()))
                .setPid(mode(options.pid()))
                .setIpc(mode(options.ipc()));
        options.targetId().ifPresent(proto::setTargetId);
        options.userNamespace().ifPresent(user -> proto.setUsernsOptions(user(user)));
        return proto.build();
    }

    private static io.carafe.cri.v1.UserNamespace user(UserNamespace user) {
        return io.carafe.cri.v1.UserNamespace.newBuilder()
                .setMode(mode(user.mode()))
                .addAllUids(user.uids().stream().map(PodSandboxToProto::mapping).toList())
                .addAllGids(user.gids().stream().map(PodSandboxToProto::mapping).toList())
                .build();
    }

    private static IDMapping mapping(IdMapping mapping) {
        return IDMapping.newBuilder()
                .setHostId((int) mapping.hostId())
                .setContainerId((int) mapping.containerId())
                .setLength((int) mapping.length())
                .build();
    }

    private static io.carafe.cri.v1.NamespaceMode mode(NamespaceMode mode) {
        return switch (mode) {
            case POD -> io.carafe.cri.v1.NamespaceMode.POD;
            case CONTAINER -> io.carafe.cri.v1.NamespaceMode.CONTAINER;
            case NODE -> io.carafe.cri.v1.NamespaceMode.NODE;
            case TARGET -> io.carafe.cri.v1.NamespaceMode.TARGET;
        };
    }
}
