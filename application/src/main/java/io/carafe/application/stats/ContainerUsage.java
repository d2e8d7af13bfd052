package io.carafe.application.stats;

import io.carafe.domain.container.Container;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.FilesystemUsage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a container uses.
 *
 * @param cgroup empty where it does not run
 * @param nanoCores CPU use per second since the sample before, in nanoseconds; empty at the first sample
 */
public record ContainerUsage(
        Container container,
        Optional<CgroupUsage> cgroup,
        OptionalLong nanoCores,
        Optional<FilesystemUsage> writableLayer) {}
