package io.carafe.domain.container;

import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What confines a container. Source: CRI LinuxContainerSecurityContext.
 *
 * @param runAsUsername empty where unset; exclusive with {@code runAsUser}
 * @param seccomp empty means unconfined, as CRI says of a missing profile
 * @param maskedPaths paths hidden in the container; exactly these, the kubelet sends the defaults
 */
public record ContainerSecurity(
        Capabilities capabilities,
        boolean privileged,
        NamespaceOptions namespaces,
        OptionalLong runAsUser,
        OptionalLong runAsGroup,
        String runAsUsername,
        boolean readonlyRootfs,
        List<Long> supplementalGroups,
        SupplementalGroupsPolicy supplementalGroupsPolicy,
        boolean noNewPrivileges,
        List<String> maskedPaths,
        List<String> readonlyPaths,
        Optional<SecurityProfile> seccomp,
        Optional<SecurityProfile> appArmor) {
    public ContainerSecurity {
        supplementalGroups = List.copyOf(supplementalGroups);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
    }
}
