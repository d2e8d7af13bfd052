package io.carafe.grpc;

import io.carafe.cri.v1.Mount;
import io.carafe.domain.container.ContainerMount;
import io.carafe.domain.container.MountPropagation;
import java.util.List;
import java.util.stream.IntStream;

/** CRI Mount: binds of host paths. */
final class MountsFromProto {
    private final HostSecurity host;

    MountsFromProto(HostSecurity host) {
        this.host = host;
    }

    List<ContainerMount> mounts(List<Mount> protos, Field field) {
        return IntStream.range(0, protos.size())
                .mapToObj(i -> mount(protos.get(i), field.at(i)))
                .toList();
    }

    private ContainerMount mount(Mount proto, Field field) {
        refuse(proto, field);
        field.dot("container_path").required(proto.getContainerPath());
        field.dot("host_path").absolute(field.dot("host_path").required(proto.getHostPath()));
        MountPropagation propagation = switch (proto.getPropagation()) {
            case PROPAGATION_PRIVATE -> MountPropagation.PRIVATE;
            case PROPAGATION_HOST_TO_CONTAINER -> MountPropagation.HOST_TO_CONTAINER;
            case PROPAGATION_BIDIRECTIONAL -> MountPropagation.BIDIRECTIONAL;
            case UNRECOGNIZED -> throw field.dot("propagation").unknown(proto.getPropagationValue());
        };
        if (proto.getRecursiveReadOnly() && !proto.getReadonly()) {
            throw field.dot("recursive_read_only").invalid("is set without readonly; set both");
        }
        if (proto.getRecursiveReadOnly() && propagation != MountPropagation.PRIVATE) {
            throw field.dot("recursive_read_only").invalid("is set, but propagation is not PROPAGATION_PRIVATE");
        }
        return new ContainerMount(
                proto.getContainerPath(),
                proto.getHostPath(),
                proto.getReadonly(),
                proto.getRecursiveReadOnly(),
                proto.getSelinuxRelabel(),
                propagation,
                List.of(),
                List.of());
    }

    private void refuse(Mount proto, Field field) {
        if (proto.hasImage()) {
            throw field.dot("image").unsupported("image volumes are not there yet");
        }
        if (!proto.getImageSubPath().isEmpty()) {
            throw field.dot("image_sub_path").unsupported("image volumes are not there yet");
        }
        if (proto.getMountOptionsCount() > 0) {
            throw field.dot("mount_options").unsupported("Status.features.mount_options is false; leave them out");
        }
        if (proto.getUidMappingsCount() > 0) {
            throw field.dot("uidMappings").unsupported("no handler here has id-mapped mounts yet");
        }
        if (proto.getGidMappingsCount() > 0) {
            throw field.dot("gidMappings").unsupported("no handler here has id-mapped mounts yet");
        }
        if (proto.getSelinuxRelabel() && host.selinux()) {
            throw field.dot("selinux_relabel").unsupported("this runtime does not label yet");
        }
    }
}
