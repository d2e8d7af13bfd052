package io.carafe.application.inventory;

import io.carafe.domain.launch.HostProfile;
import io.carafe.ports.host.HostFacts;

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
}
