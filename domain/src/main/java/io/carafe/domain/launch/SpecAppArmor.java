package io.carafe.domain.launch;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.Optional;

/** Which AppArmor profile a process gets. */
final class SpecAppArmor {
    private SpecAppArmor() {}

    /**
     * RuntimeDefault gives none: no profile of ours is loaded into the kernel, and to name one that is not makes every start
     * fail. The process then keeps the daemon's confinement.
     */
    static Optional<String> profile(Optional<SecurityProfile> wanted, boolean privileged, HostProfile host) {
        if (privileged || wanted.isEmpty()) {
            return Optional.empty();
        }
        return switch (wanted.get()) {
            case SecurityProfile.RuntimeDefault _, SecurityProfile.Unconfined _ -> Optional.empty();
            case SecurityProfile.Localhost profile -> {
                if (!host.appArmorEnabled()) {
                    throw new Fault.Unsupported("AppArmor profile '" + profile.reference()
                            + "' was asked for, but AppArmor is not enabled on this host");
                }
                yield Optional.of(profile.reference());
            }
        };
    }
}
