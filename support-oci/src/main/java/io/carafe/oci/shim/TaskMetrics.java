package io.carafe.oci.shim;

import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.domain.resource.SwapUsage;
import io.carafe.oci.ttrpc.ProtoFields;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The statistics of a shim, in either of the forms that follow the host's cgroups.
 *
 * <p>Source: github.com/containerd/cgroups cgroup1/stats/metrics.proto, cgroup2/stats/metrics.proto.
 */
final class TaskMetrics {
    private static final String V1 = "io.containerd.cgroups.v1.Metrics";
    private static final String V2 = "io.containerd.cgroups.v2.Metrics";
    private static final long NANOS_PER_MICRO = 1000;
    /** From here on a limit is the kernel's word for none. */
    private static final long UNLIMITED = 1L << 62;

    private TaskMetrics() {}

    static Optional<CgroupUsage> usage(ProtoFields any, Instant now) throws IOException {
        ProtoFields metrics = any.messageOrEmpty(2);
        return switch (name(any)) {
            case V1 -> Optional.of(v1(metrics, now));
            case V2 -> Optional.of(v2(metrics, now));
            default -> Optional.empty();
        };
    }

    static OptionalLong oomKills(ProtoFields any) throws IOException {
        ProtoFields metrics = any.messageOrEmpty(2);
        return switch (name(any)) {
            case V1 -> OptionalLong.of(metrics.messageOrEmpty(9).number(3));
            case V2 -> OptionalLong.of(metrics.messageOrEmpty(8).number(5));
            default -> OptionalLong.empty();
        };
    }

    /** A type may come with the prefix of an address. */
    private static String name(ProtoFields any) {
        String type = any.text(1);
        return type.substring(type.lastIndexOf('/') + 1);
    }

    private static CgroupUsage v1(ProtoFields metrics, Instant now) throws IOException {
        ProtoFields memory = metrics.messageOrEmpty(4);
        ProtoFields used = memory.messageOrEmpty(33);
        ProtoFields withSwap = memory.messageOrEmpty(34);
        Optional<SwapUsage> swap = withSwap.number(2) == 0
                ? Optional.empty()
                : Optional.of(swap(now, withSwap.number(2) - used.number(2), withSwap.number(1) - used.number(1)));
        return new CgroupUsage(
                new CpuUsage(now, metrics.messageOrEmpty(3).messageOrEmpty(1).number(1), Optional.empty()),
                memory(
                        now,
                        used.number(2),
                        memory.number(30),
                        used.number(1),
                        memory.number(19),
                        memory.number(26),
                        memory.number(27)),
                swap,
                metrics.messageOrEmpty(2).number(1),
                Optional.empty(),
                now);
    }

    private static CgroupUsage v2(ProtoFields metrics, Instant now) throws IOException {
        ProtoFields memory = metrics.messageOrEmpty(4);
        return new CgroupUsage(
                new CpuUsage(now, metrics.messageOrEmpty(2).number(1) * NANOS_PER_MICRO, Optional.empty()),
                memory(
                        now,
                        memory.number(32),
                        memory.number(13),
                        memory.number(33),
                        memory.number(1),
                        memory.number(18),
                        memory.number(19)),
                Optional.of(swap(now, memory.number(34), memory.number(35))),
                metrics.messageOrEmpty(1).number(1),
                Optional.empty(),
                now);
    }

    private static MemoryUsage memory(
            Instant now, long usage, long inactiveFile, long limit, long rss, long faults, long majorFaults) {
        Bytes workingSet = new Bytes(Math.max(0, usage - inactiveFile));
        return new MemoryUsage(
                now,
                workingSet,
                limit(limit).map(most -> most.minus(workingSet)),
                new Bytes(Math.max(0, usage)),
                new Bytes(Math.max(0, rss)),
                faults,
                majorFaults,
                Optional.empty());
    }

    private static SwapUsage swap(Instant now, long usage, long limit) {
        Bytes used = new Bytes(Math.max(0, usage));
        return new SwapUsage(now, used, limit(limit).map(most -> most.minus(used)));
    }

    /** Unsigned on the wire: all ones, or almost, is no limit; zero is none told. */
    private static Optional<Bytes> limit(long value) {
        return value <= 0 || value >= UNLIMITED ? Optional.empty() : Optional.of(new Bytes(value));
    }
}
