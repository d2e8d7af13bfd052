package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.domain.spec.OciCapabilities;
import io.carafe.domain.spec.OciSeccomp;
import java.util.Optional;
import java.util.Set;

/** Which filter a process gets. CRI: a missing profile is unconfined, a privileged container is never filtered. */
final class SpecSeccomp {
    private SpecSeccomp() {}

    static Optional<OciSeccomp> ofContainer(ContainerSpecRequest request, OciCapabilities capabilities) {
        ContainerSecurity security = request.config().security();
        if (security.privileged()) {
            return Optional.empty();
        }
        return filter(
                security.seccomp(), request.localhostSeccomp(), request.host(), Set.copyOf(capabilities.bounding()));
    }

    static Optional<OciSeccomp> filter(
            Optional<SecurityProfile> wanted,
            Optional<OciSeccomp> localhost,
            HostProfile host,
            Set<String> capabilities) {
        SecurityProfile profile = wanted.orElse(new SecurityProfile.Unconfined());
        if (!host.seccompEnabled() && !(profile instanceof SecurityProfile.Unconfined)) {
            throw new Fault.Unsupported(
                    "a seccomp profile was asked for, but this kernel has no seccomp; run unconfined or on another node");
        }
        return switch (profile) {
            case SecurityProfile.Unconfined _ -> Optional.empty();
            case SecurityProfile.RuntimeDefault _ -> Optional.of(DefaultSeccomp.profile(host, capabilities));
            case SecurityProfile.Localhost file ->
                Optional.of(localhost.orElseThrow(() -> new Fault.InvalidArgument(
                        "seccomp profile '" + file.reference() + "' of the node was not read")));
        };
    }
}
