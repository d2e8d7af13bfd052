package io.carafe.grpc;

import io.carafe.application.stats.ContainerUsage;
import io.carafe.application.stats.PodUsage;
import io.carafe.cri.v1.ContainerStats;
import io.carafe.cri.v1.PodSandboxStats;
import io.carafe.cri.v1.UInt64Value;

/** Puts together what was measured of a container or a pod. */
final class UsageToProto {
    private UsageToProto() {}

    static ContainerStats container(ContainerUsage usage) {
        var stats = StatsToProto.container(usage.container());
        usage.cgroup().ifPresent(cgroup -> StatsToProto.addUsage(stats, cgroup));
        usage.nanoCores().ifPresent(rate -> stats.getCpuBuilder().setUsageNanoCores(value(rate)));
        usage.writableLayer().ifPresent(layer -> StatsToProto.addWritableLayer(stats, layer));
        return stats.build();
    }

    static PodSandboxStats pod(PodUsage usage) {
        var containers =
                usage.containers().stream().map(UsageToProto::container).toList();
        var stats = StatsToProto.sandbox(usage.sandbox(), containers);
        usage.cgroup().ifPresent(cgroup -> StatsToProto.addUsage(stats, cgroup));
        usage.nanoCores()
                .ifPresent(rate -> stats.getLinuxBuilder().getCpuBuilder().setUsageNanoCores(value(rate)));
        usage.network().ifPresent(network -> StatsToProto.addNetwork(stats, network));
        return stats.build();
    }

    private static UInt64Value value(long value) {
        return UInt64Value.newBuilder().setValue(value).build();
    }
}
