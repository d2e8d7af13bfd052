package io.carafe.domain.resource;

import java.time.Instant;
import java.util.Optional;

/**
 * Memory of a cgroup.
 *
 * @param workingSet usage less inactive file pages
 * @param available limit less working set, empty where there is no limit
 */
public record MemoryUsage(
        Instant at,
        Bytes workingSet,
        Optional<Bytes> available,
        Bytes usage,
        Bytes rss,
        long pageFaults,
        long majorPageFaults,
        Optional<Pressure> pressure) {}
