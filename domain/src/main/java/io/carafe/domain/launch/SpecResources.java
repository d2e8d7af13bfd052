package io.carafe.domain.launch;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.spec.OciResources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Limits in config.json's words. What is unset is left out, so that the kernel's default holds. */
final class SpecResources {
    private SpecResources() {}

    /** @throws Fault.Unsupported if {@code unified} is set on a host with cgroup v1 */
    static OciResources of(LinuxResources resources, List<OciResources.DeviceRule> devices, HostProfile host) {
        if (!resources.unified().isEmpty() && !host.cgroupV2()) {
            throw new Fault.Unsupported(
                    "resources.unified " + resources.unified().keySet()
                            + " needs cgroup v2, this host has v1; leave it out or boot with the unified hierarchy");
        }
        return new OciResources(
                devices,
                memory(resources),
                cpu(resources),
                resources.hugepageLimits().stream()
                        .map(limit -> new OciResources.Hugepage(
                                limit.pageSize(), limit.limit().value()))
                        .toList(),
                resources.unified());
    }

    /**
     * Set always, or the container would inherit the daemon's; raised to what may be set here, because without CAP_SYS_RESOURCE
     * a runtime fails on a lower one.
     */
    static int oomScoreAdj(LinuxResources resources, HostProfile host) {
        return Math.max(resources.oomScoreAdj().orElse(0), host.lowestOomScoreAdj());
    }

    private static Optional<OciResources.Memory> memory(LinuxResources resources) {
        if (resources.memoryLimit().isEmpty() && resources.memorySwapLimit().isEmpty()) {
            return Optional.empty();
        }
        // both are memory plus swap, on v1 and v2: runtimes take the limit off for memory.swap.max
        return Optional.of(new OciResources.Memory(
                resources.memoryLimit().map(Bytes::value).map(OptionalLong::of).orElse(OptionalLong.empty()),
                resources.memorySwapLimit()));
    }

    private static Optional<OciResources.Cpu> cpu(LinuxResources resources) {
        boolean unset = resources.cpuShares().isEmpty()
                && resources.cpuQuota().isEmpty()
                && resources.cpuPeriod().isEmpty()
                && resources.cpusetCpus().isEmpty()
                && resources.cpusetMems().isEmpty();
        return unset
                ? Optional.empty()
                : Optional.of(new OciResources.Cpu(
                        resources.cpuShares(),
                        resources.cpuQuota(),
                        resources.cpuPeriod(),
                        resources.cpusetCpus(),
                        resources.cpusetMems()));
    }
}
