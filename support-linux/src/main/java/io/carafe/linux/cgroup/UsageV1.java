package io.carafe.linux.cgroup;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.domain.resource.SwapUsage;
import io.carafe.linux.file.ControlFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Usage from the directories of version 1.
 *
 * <p>Source: Documentation/admin-guide/cgroup-v1/{cpuacct,memory,pids}.rst; the working set is usage less inactive file pages, as
 * cAdvisor and the kubelet define it.
 */
record UsageV1(Path cpu, Path memory, Optional<Path> pids) {
    Optional<CgroupUsage> read(Instant now) {
        Optional<Long> nanos = Counter.read(cpu.resolve("cpuacct.usage"));
        Optional<Bytes> usage = Counter.bytes(memory.resolve("memory.usage_in_bytes"));
        Optional<KeyedValues> stat =
                ControlFile.read(memory.resolve("memory.stat")).map(KeyedValues::parse);
        if (nanos.isEmpty() || usage.isEmpty() || stat.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CgroupUsage(
                new CpuUsage(now, nanos.get(), Optional.empty()),
                memory(now, usage.get(), stat.get()),
                swap(now, usage.get()),
                pids.flatMap(directory -> Counter.read(directory.resolve("pids.current")))
                        .orElse(0L),
                Optional.empty(),
                now));
    }

    private MemoryUsage memory(Instant now, Bytes usage, KeyedValues stat) {
        Bytes workingSet = usage.minus(new Bytes(stat.orZero("total_inactive_file")));
        return new MemoryUsage(
                now,
                workingSet,
                Counter.limit(memory.resolve("memory.limit_in_bytes")).map(limit -> limit.minus(workingSet)),
                usage,
                new Bytes(stat.orZero("total_rss")),
                stat.orZero("total_pgfault"),
                stat.orZero("total_pgmajfault"),
                Optional.empty());
    }

    // Version 1 counts memory and swap together, and only if the kernel was told to.
    private Optional<SwapUsage> swap(Instant now, Bytes usage) {
        Optional<Bytes> both = Counter.bytes(memory.resolve("memory.memsw.usage_in_bytes"));
        return both.map(total -> {
            Bytes used = total.minus(usage);
            Optional<Bytes> limit = Counter.limit(memory.resolve("memory.memsw.limit_in_bytes"))
                    .flatMap(sum -> Counter.limit(memory.resolve("memory.limit_in_bytes"))
                            .map(sum::minus));
            return new SwapUsage(now, used, limit.map(most -> most.minus(used)));
        });
    }
}
