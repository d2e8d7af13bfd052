package io.carafe.application.inventory;

import io.carafe.domain.launch.HostProfile;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.ports.host.HostFacts;
import java.nio.file.Path;
import java.util.Optional;

/** What the spec factories must know of the host. */
public final class HostProfiles {
    private HostProfiles() {}

    public static HostProfile of(HostFacts facts) {
        return new HostProfile(
                facts.platform().architecture(),
                facts.cgroupDriver(),
                facts.cgroupV2(),
                facts.grantableCapabilities(),
                facts.lowestOomScoreAdj(),
                facts.seccompEnabled(),
                facts.appArmorEnabled(),
                facts.allDevices());
    }

    /** The profile of the node that a pod or container names; empty where it names none. */
    public static Optional<OciSeccomp> localhostSeccomp(HostFacts facts, Optional<SecurityProfile> wanted) {
        return wanted.flatMap(profile -> switch (profile) {
            case SecurityProfile.Localhost(String file) -> Optional.of(facts.seccompProfile(Path.of(file)));
            case SecurityProfile.RuntimeDefault _, SecurityProfile.Unconfined _ -> Optional.empty();
        });
    }
}
