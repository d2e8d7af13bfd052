package io.carafe.domain.resource;

import java.time.Instant;
import java.util.Optional;

/**
 * CPU time used since the cgroup was made.
 *
 * @param usageCoreNanoSeconds nanoseconds summed over all cores
 */
public record CpuUsage(Instant at, long usageCoreNanoSeconds, Optional<Pressure> pressure) {}
