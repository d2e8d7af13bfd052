package io.carafe.domain.launch;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.spec.OciDevice;
import java.util.List;
import java.util.Set;

/**
 * What a spec must know of the host.
 *
 * @param architecture as Go spells it: amd64, arm64
 * @param grantableCapabilities what the daemon itself may give, with CAP_ prefix; others are left out of specs, because a
 *     runtime fails on them
 * @param lowestOomScoreAdj the lowest oom_score_adj that may be set here; lower wishes are raised to it
 * @param allDevices for privileged containers
 */
public record HostProfile(
        String architecture,
        CgroupDriver cgroupDriver,
        boolean cgroupV2,
        Set<String> grantableCapabilities,
        int lowestOomScoreAdj,
        boolean seccompEnabled,
        boolean appArmorEnabled,
        List<OciDevice> allDevices) {
    public HostProfile {
        grantableCapabilities = Set.copyOf(grantableCapabilities);
        allDevices = List.copyOf(allDevices);
    }
}
