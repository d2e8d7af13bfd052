package io.carafe.domain.resource;

import java.time.Instant;
import java.util.Optional;

/** What one cgroup (a container's or a pod's) uses now. */
public record CgroupUsage(
        CpuUsage cpu, MemoryUsage memory, Optional<SwapUsage> swap, long processes, Optional<Pressure> io, Instant at) {

    public CgroupUsage withProcesses(long count) {
        return new CgroupUsage(cpu, memory, swap, count, io, at);
    }
}
