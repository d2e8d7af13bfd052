package io.carafe.grpc;

import io.carafe.cri.v1.ContainerStats;
import io.carafe.cri.v1.CpuUsage;
import io.carafe.cri.v1.IoUsage;
import io.carafe.cri.v1.LinuxPodSandboxStats;
import io.carafe.cri.v1.MemoryUsage;
import io.carafe.cri.v1.NetworkInterfaceUsage;
import io.carafe.cri.v1.NetworkUsage;
import io.carafe.cri.v1.PodSandboxStats;
import io.carafe.cri.v1.ProcessUsage;
import io.carafe.cri.v1.PsiData;
import io.carafe.cri.v1.PsiStats;
import io.carafe.cri.v1.SwapUsage;
import io.carafe.cri.v1.UInt64Value;
import io.carafe.domain.container.Container;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.Pressure;
import io.carafe.domain.sandbox.PodSandbox;
import java.util.List;

/**
 * Usage in CRI's words. What was not measured is left out, so that the kubelet sees no zero that nobody counted. Rates
 * (usage_nano_cores) are left to the kubelet, which has two samples.
 */
public final class StatsToProto {
    private static final long NANOS_PER_MICRO = 1000;
    private static final String DEFAULT_INTERFACE = "eth0";

    private StatsToProto() {}

    /** A container of which only the name is known, to be filled. */
    public static ContainerStats.Builder container(Container container) {
        return ContainerStats.newBuilder().setAttributes(ContainerToProto.attributes(container));
    }

    public static void addUsage(ContainerStats.Builder stats, CgroupUsage usage) {
        stats.setCpu(cpu(usage.cpu())).setMemory(memory(usage.memory()));
        usage.swap().ifPresent(swap -> stats.setSwap(swap(swap)));
        usage.io().ifPresent(pressure -> stats.setIo(io(usage, pressure)));
    }

    public static void addWritableLayer(ContainerStats.Builder stats, io.carafe.domain.resource.FilesystemUsage usage) {
        stats.setWritableLayer(ImageToProto.filesystem(usage));
    }

    /** A pod of which only the name and the containers are known, to be filled. */
    public static PodSandboxStats.Builder sandbox(PodSandbox sandbox, List<ContainerStats> containers) {
        return PodSandboxStats.newBuilder()
                .setAttributes(PodSandboxToProto.attributes(sandbox))
                .setLinux(LinuxPodSandboxStats.newBuilder().addAllContainers(containers));
    }

    public static void addUsage(PodSandboxStats.Builder stats, CgroupUsage usage) {
        LinuxPodSandboxStats.Builder linux = stats.getLinuxBuilder();
        linux.setCpu(cpu(usage.cpu())).setMemory(memory(usage.memory()));
        linux.setProcess(ProcessUsage.newBuilder()
                .setTimestamp(Timestamps.nanos(usage.at()))
                .setProcessCount(value(usage.processes())));
        usage.io().ifPresent(pressure -> linux.setIo(io(usage, pressure)));
    }

    public static void addNetwork(PodSandboxStats.Builder stats, io.carafe.domain.resource.NetworkUsage usage) {
        NetworkUsage.Builder network = NetworkUsage.newBuilder().setTimestamp(Timestamps.nanos(usage.at()));
        usage.interfaces().forEach(one -> {
            NetworkInterfaceUsage proto = networkInterface(one);
            if (one.name().equals(DEFAULT_INTERFACE)) {
                network.setDefaultInterface(proto);
            } else {
                network.addInterfaces(proto);
            }
        });
        stats.getLinuxBuilder().setNetwork(network);
    }

    private static NetworkInterfaceUsage networkInterface(io.carafe.domain.resource.NetworkUsage.Interface one) {
        return NetworkInterfaceUsage.newBuilder()
                .setName(one.name())
                .setRxBytes(value(one.received().value()))
                .setRxErrors(value(one.receiveErrors()))
                .setTxBytes(value(one.sent().value()))
                .setTxErrors(value(one.sendErrors()))
                .build();
    }

    private static CpuUsage cpu(io.carafe.domain.resource.CpuUsage usage) {
        CpuUsage.Builder proto = CpuUsage.newBuilder()
                .setTimestamp(Timestamps.nanos(usage.at()))
                .setUsageCoreNanoSeconds(value(usage.usageCoreNanoSeconds()));
        usage.pressure().ifPresent(pressure -> proto.setPsi(psi(pressure)));
        return proto.build();
    }

    private static MemoryUsage memory(io.carafe.domain.resource.MemoryUsage usage) {
        MemoryUsage.Builder proto = MemoryUsage.newBuilder()
                .setTimestamp(Timestamps.nanos(usage.at()))
                .setWorkingSetBytes(value(usage.workingSet().value()))
                .setUsageBytes(value(usage.usage().value()))
                .setRssBytes(value(usage.rss().value()))
                .setPageFaults(value(usage.pageFaults()))
                .setMajorPageFaults(value(usage.majorPageFaults()));
        usage.available().ifPresent(available -> proto.setAvailableBytes(value(available.value())));
        usage.pressure().ifPresent(pressure -> proto.setPsi(psi(pressure)));
        return proto.build();
    }

    private static SwapUsage swap(io.carafe.domain.resource.SwapUsage usage) {
        SwapUsage.Builder proto = SwapUsage.newBuilder()
                .setTimestamp(Timestamps.nanos(usage.at()))
                .setSwapUsageBytes(value(usage.usage().value()));
        usage.available().ifPresent(available -> proto.setSwapAvailableBytes(value(available.value())));
        return proto.build();
    }

    private static IoUsage io(CgroupUsage usage, Pressure pressure) {
        return IoUsage.newBuilder()
                .setTimestamp(Timestamps.nanos(usage.at()))
                .setPsi(psi(pressure))
                .build();
    }

    private static PsiStats psi(Pressure pressure) {
        return PsiStats.newBuilder()
                .setFull(psi(pressure.full()))
                .setSome(psi(pressure.some()))
                .build();
    }

    /** The kernel counts microseconds, CRI nanoseconds. */
    private static PsiData psi(Pressure.Stall stall) {
        return PsiData.newBuilder()
                .setTotal(stall.total() * NANOS_PER_MICRO)
                .setAvg10(stall.avg10())
                .setAvg60(stall.avg60())
                .setAvg300(stall.avg300())
                .build();
    }

    private static UInt64Value value(long value) {
        return UInt64Value.newBuilder().setValue(value).build();
    }
}
