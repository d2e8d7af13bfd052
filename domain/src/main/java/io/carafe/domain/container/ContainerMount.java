package io.carafe.domain.container;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.IdMapping;
import java.util.List;

/**
 * A host path seen in the container. Source: CRI Mount. Image volumes and mount options are refused before they get here.
 *
 * @param recursiveReadOnly also the mounts below; only with {@code readonly} and without propagation, as CRI says
 */
public record ContainerMount(
        String containerPath,
        String hostPath,
        boolean readonly,
        boolean recursiveReadOnly,
        boolean selinuxRelabel,
        MountPropagation propagation,
        List<IdMapping> uidMappings,
        List<IdMapping> gidMappings) {
    public ContainerMount {
        if (recursiveReadOnly && (!readonly || propagation != MountPropagation.PRIVATE)) {
            throw new Fault.InvalidArgument(
                    "mount " + containerPath + ": recursive_read_only needs readonly and propagation"
                            + " PRIVATE, found readonly=" + readonly + " and propagation " + propagation);
        }
        uidMappings = List.copyOf(uidMappings);
        gidMappings = List.copyOf(gidMappings);
    }
}
