package io.carafe.domain.container;

import io.carafe.domain.sandbox.IdMapping;
import java.util.List;

/** A host path seen in the container. Source: CRI Mount. Image volumes and mount options are refused before they get here. */
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
        uidMappings = List.copyOf(uidMappings);
        gidMappings = List.copyOf(gidMappings);
    }
}
