package io.carafe.domain.launch;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.SecurityProfile;
import java.util.Optional;

/** Which AppArmor profile a process gets. */
final class SpecAppArmor {
    private SpecAppArmor() {}

    /**
     * @throws Fault.Unsupported for a profile where AppArmor is off, and for RuntimeDefault where it is on: no profile of ours
     *     is loaded into the kernel, and a process that was promised one must not run without
     */
    static Optional<String> profile(Optional<SecurityProfile> wanted, boolean privileged, HostProfile host) {
        if (privileged || wanted.isEmpty()) {
            return Optional.empty();
        }
        return switch (wanted.get()) {
            case SecurityProfile.Unconfined _ -> Optional.empty();
            case SecurityProfile.RuntimeDefault _ -> {
                if (host.appArmorEnabled()) {
                    throw new Fault.Unsupported(
                            "AppArmor profile RuntimeDefault was asked for, but this runtime brings none;"
                                    + " name a profile of the node or leave it out");
                }
                yield Optional.empty();
            }
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
