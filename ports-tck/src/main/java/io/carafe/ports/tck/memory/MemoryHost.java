package io.carafe.ports.tck.memory;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.host.HostProvider;
import io.carafe.ports.spi.BackendContext;

/** The ports of a host that needs neither root nor Linux. */
public record MemoryHost(
        MemoryPodNamespaces namespaces, MemoryPodFiles files, MemoryPodCgroup cgroup, MemoryHostFacts facts) {
    public static MemoryHost in(BackendContext context, CgroupDriver driver) {
        return new MemoryHost(
                new MemoryPodNamespaces(context.clock()),
                new MemoryPodFiles(context.stateDirectory().resolve("pods")),
                new MemoryPodCgroup(driver, context.clock()),
                MemoryHostFacts.typical(driver));
    }

    /** As a provider would answer it. */
    public HostProvider.Host ports() {
        return new HostProvider.Host(namespaces, files, cgroup, facts);
    }
}
