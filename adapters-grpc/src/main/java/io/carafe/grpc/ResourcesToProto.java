package io.carafe.grpc;

import io.carafe.cri.v1.HugepageLimit;
import io.carafe.cri.v1.LinuxContainerResources;
import io.carafe.domain.resource.LinuxResources;

/** Limits in CRI's words, where zero means unset. */
final class ResourcesToProto {
    private ResourcesToProto() {}

    static LinuxContainerResources resources(LinuxResources resources) {
        LinuxContainerResources.Builder proto = LinuxContainerResources.newBuilder()
                .setCpuPeriod(resources.cpuPeriod().orElse(0))
                .setCpuQuota(resources.cpuQuota().orElse(0))
                .setCpuShares(resources.cpuShares().orElse(0))
                .setMemorySwapLimitInBytes(resources.memorySwapLimit().orElse(0))
                .setOomScoreAdj(resources.oomScoreAdj().orElse(0))
                .setCpusetCpus(resources.cpusetCpus())
                .setCpusetMems(resources.cpusetMems())
                .putAllUnified(resources.unified());
        resources.memoryLimit().ifPresent(limit -> proto.setMemoryLimitInBytes(limit.value()));
        resources
                .hugepageLimits()
                .forEach(limit -> proto.addHugepageLimits(HugepageLimit.newBuilder()
                        .setPageSize(limit.pageSize())
                        .setLimit(limit.limit().value())));
        return proto.build();
    }
}
