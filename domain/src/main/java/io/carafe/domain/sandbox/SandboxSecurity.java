package io.carafe.domain.sandbox;

import io.carafe.domain.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What confines the sandbox container, where there is one, and which namespaces the pod has. */
public record SandboxSecurity(
        NamespaceOptions namespaces,
        OptionalLong runAsUser,
        OptionalLong runAsGroup,
        boolean readonlyRootfs,
        List<Long> supplementalGroups,
        boolean privileged,
        Optional<SecurityProfile> seccomp,
        Optional<SecurityProfile> appArmor) {
    public static final SandboxSecurity DEFAULT = new SandboxSecurity(
            NamespaceOptions.POD_DEFAULT,
            OptionalLong.empty(),
            OptionalLong.empty(),
            false,
            List.of(),
            false,
            Optional.empty(),
            Optional.empty());

    public SandboxSecurity {
        if (runAsGroup.isPresent() && runAsUser.isEmpty()) {
            throw new Fault.InvalidArgument(
                    "run_as_group " + runAsGroup.getAsLong() + " is set without run_as_user; set both or none");
        }
        supplementalGroups = List.copyOf(supplementalGroups);
    }
}
