package io.carafe.application.stats;

import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.NetworkUsage;
import io.carafe.domain.sandbox.PodSandbox;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a pod uses: its cgroup, its interfaces and its containers. */
public record PodUsage(
        PodSandbox sandbox,
        Optional<CgroupUsage> cgroup,
        OptionalLong nanoCores,
        Optional<NetworkUsage> network,
        List<ContainerUsage> containers) {
    public PodUsage {
        containers = List.copyOf(containers);
    }
}
