package io.carafe.domain.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Limits of a container, or the sum of a pod's. Source: CRI LinuxContainerResources; a value of zero there means unset.
 *
 * @param cpuPeriod CFS period in microseconds
 * @param cpuQuota CFS quota in microseconds per period; -1 is unlimited
 * @param cpuShares relative weight, 2 to 262144
 * @param memoryLimit hard limit
 * @param memorySwapLimit memory plus swap in bytes; -1 is unlimited
 * @param oomScoreAdj -1000 to 1000
 * @param cpusetCpus CPUs in list format, empty for all
 * @param cpusetMems memory nodes in list format, empty for all
 * @param hugepageLimits limits per page size
 * @param unified cgroup v2 file name to value
 */
public record LinuxResources(
        OptionalLong cpuPeriod,
        OptionalLong cpuQuota,
        OptionalLong cpuShares,
        Optional<Bytes> memoryLimit,
        OptionalLong memorySwapLimit,
        OptionalInt oomScoreAdj,
        String cpusetCpus,
        String cpusetMems,
        List<HugepageLimit> hugepageLimits,
        Map<String, String> unified) {
    public static final LinuxResources UNLIMITED = new LinuxResources(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            "",
            "",
            List.of(),
            Map.of());

    public LinuxResources {
        hugepageLimits = List.copyOf(hugepageLimits);
        unified = Map.copyOf(unified);
    }
}
