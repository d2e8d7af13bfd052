package io.carafe.grpc;

import io.carafe.cri.v1.IDMapping;
import io.carafe.cri.v1.NamespaceOption;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.UserNamespace;
import java.util.List;
import java.util.Optional;

/** Namespace options of sandboxes and containers. A missing message means POD for all, CRI's default. */
final class NamespacesFromProto {
    private NamespacesFromProto() {}

    static NamespaceOptions ofSandbox(NamespaceOption proto, Field field) {
        if (!proto.getTargetId().isEmpty()) {
            throw field.dot("target_id").invalid("a pod sandbox has no target container");
        }
        if (proto.getPid() == io.carafe.cri.v1.NamespaceMode.TARGET) {
            throw field.dot("pid").invalid("TARGET is for containers");
        }
        return options(proto, field);
    }

    static NamespaceOptions ofContainer(NamespaceOption proto, Field field) {
        boolean target = proto.getPid() == io.carafe.cri.v1.NamespaceMode.TARGET;
        if (target && proto.getTargetId().isEmpty()) {
            throw field.dot("target_id").invalid("is empty, but pid is TARGET; name the container");
        }
        if (!target && !proto.getTargetId().isEmpty()) {
            throw field.dot("target_id").invalid("is set, but pid is not TARGET; set both or none");
        }
        return options(proto, field);
    }

    private static NamespaceOptions options(NamespaceOption proto, Field field) {
        NamespaceMode network = mode(proto.getNetwork(), proto.getNetworkValue(), field.dot("network"));
        NamespaceMode ipc = mode(proto.getIpc(), proto.getIpcValue(), field.dot("ipc"));
        if (network == NamespaceMode.CONTAINER || network == NamespaceMode.TARGET) {
            throw field.dot("network").unsupported(network + ": a container is in its pod's network or the node's");
        }
        if (ipc == NamespaceMode.TARGET) {
            throw field.dot("ipc").unsupported("TARGET: only pid can be a target container's");
        }
        return new NamespaceOptions(
                network,
                mode(proto.getPid(), proto.getPidValue(), field.dot("pid")),
                ipc,
                Field.optional(proto.getTargetId()),
                proto.hasUsernsOptions()
                        ? Optional.of(user(proto.getUsernsOptions(), field.dot("userns_options")))
                        : Optional.empty());
    }

    private static UserNamespace user(io.carafe.cri.v1.UserNamespace proto, Field field) {
        NamespaceMode mode = mode(proto.getMode(), proto.getModeValue(), field.dot("mode"));
        return switch (mode) {
            case NODE -> {
                unmapped(proto.getUidsList(), field.dot("uids"));
                unmapped(proto.getGidsList(), field.dot("gids"));
                yield new UserNamespace(NamespaceMode.NODE, List.of(), List.of());
            }
            case POD ->
                throw field.dot("mode")
                        .unsupported(
                                "POD: no handler here runs pods in a user namespace yet; use NODE (hostUsers: true)");
            case CONTAINER, TARGET ->
                throw field.dot("mode").invalid(mode + ": a user namespace is the pod's or the node's");
        };
    }

    private static void unmapped(List<IDMapping> mappings, Field field) {
        if (!mappings.isEmpty()) {
            throw field.invalid("is set, but the mode is NODE, which maps nothing");
        }
    }

    private static NamespaceMode mode(io.carafe.cri.v1.NamespaceMode mode, int number, Field field) {
        return switch (mode) {
            case POD -> NamespaceMode.POD;
            case CONTAINER -> NamespaceMode.CONTAINER;
            case NODE -> NamespaceMode.NODE;
            case TARGET -> NamespaceMode.TARGET;
            case UNRECOGNIZED -> throw field.unknown(number);
        };
    }
}
