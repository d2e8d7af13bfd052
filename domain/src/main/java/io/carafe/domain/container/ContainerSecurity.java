package io.carafe.domain.container;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What confines a container. Source: CRI LinuxContainerSecurityContext.
 *
 * @param runAsGroup only with a user
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
        if (runAsUser.isPresent() && !runAsUsername.isEmpty()) {
            throw new Fault.InvalidArgument("run_as_user " + runAsUser.getAsLong() + " and run_as_username '"
                    + runAsUsername + "' are both set; set one");
        }
        if (runAsGroup.isPresent() && runAsUser.isEmpty() && runAsUsername.isEmpty()) {
            throw new Fault.InvalidArgument("run_as_group " + runAsGroup.getAsLong()
                    + " is set without run_as_user or run_as_username; set a user too");
        }
        supplementalGroups = List.copyOf(supplementalGroups);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
    }
}
