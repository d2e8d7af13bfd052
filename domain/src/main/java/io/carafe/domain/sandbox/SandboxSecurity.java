package io.carafe.domain.sandbox;

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
        supplementalGroups = List.copyOf(supplementalGroups);
    }
}
