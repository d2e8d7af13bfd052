package io.carafe.linux.cgroup;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.domain.resource.Pressure;
import io.carafe.domain.resource.SwapUsage;
import io.carafe.linux.file.ControlFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Usage from the directory of version 2. A controller that was not handed down has no files: its figures are zero.
 *
 * <p>Source: Documentation/admin-guide/cgroup-v2.rst.
 */
record UsageV2(Path directory) {
    private static final long NANOS_PER_MICRO = 1000;

    Optional<CgroupUsage> read(Instant now) {
        // cpu.stat is there even without the cpu controller
        return ControlFile.read(directory.resolve("cpu.stat"))
                .map(KeyedValues::parse)
                .map(cpu -> new CgroupUsage(
                        new CpuUsage(now, cpu.orZero("usage_usec") * NANOS_PER_MICRO, pressure("cpu.pressure")),
                        memory(now),
                        swap(now),
                        Counter.read(directory.resolve("pids.current")).orElse(0L),
                        pressure("io.pressure"),
                        now));
    }

    private MemoryUsage memory(Instant now) {
        Bytes usage = Counter.bytes(directory.resolve("memory.current")).orElse(Bytes.ZERO);
        KeyedValues stat = KeyedValues.parse(
                ControlFile.read(directory.resolve("memory.stat")).orElse(""));
        Bytes workingSet = usage.minus(new Bytes(stat.orZero("inactive_file")));
        return new MemoryUsage(
                now,
                workingSet,
                Counter.limit(directory.resolve("memory.max")).map(limit -> limit.minus(workingSet)),
                usage,
                new Bytes(stat.orZero("anon")),
                stat.orZero("pgfault"),
                stat.orZero("pgmajfault"),
                pressure("memory.pressure"));
    }

    private Optional<SwapUsage> swap(Instant now) {
        return Counter.bytes(directory.resolve("memory.swap.current"))
                .map(used -> new SwapUsage(
                        now,
                        used,
                        Counter.limit(directory.resolve("memory.swap.max")).map(limit -> limit.minus(used))));
    }

    private Optional<Pressure> pressure(String file) {
        return ControlFile.read(directory.resolve(file)).flatMap(PressureFile::parse);
    }
}
