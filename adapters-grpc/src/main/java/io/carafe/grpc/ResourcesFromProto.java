package io.carafe.grpc;

import io.carafe.cri.v1.HugepageLimit;
import io.carafe.cri.v1.LinuxContainerResources;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.LinuxResources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Limits. In CRI every zero means unset. */
final class ResourcesFromProto {
    private static final long UNLIMITED = -1;

    private ResourcesFromProto() {}

    static LinuxResources resources(LinuxContainerResources proto, Field field) {
        return new LinuxResources(
                positive(proto.getCpuPeriod(), field.dot("cpu_period")),
                positiveOrUnlimited(proto.getCpuQuota(), field.dot("cpu_quota")),
                positive(proto.getCpuShares(), field.dot("cpu_shares")),
                memory(proto.getMemoryLimitInBytes(), field.dot("memory_limit_in_bytes")),
                positiveOrUnlimited(proto.getMemorySwapLimitInBytes(), field.dot("memory_swap_limit_in_bytes")),
                oomScoreAdj(proto.getOomScoreAdj(), field.dot("oom_score_adj")),
                proto.getCpusetCpus(),
                proto.getCpusetMems(),
                hugepages(proto.getHugepageLimitsList(), field.dot("hugepage_limits")),
                proto.getUnifiedMap());
    }

    private static OptionalLong positive(long value, Field field) {
        if (value < 0) {
            throw field.invalid(value + " is negative");
        }
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalLong positiveOrUnlimited(long value, Field field) {
        return value == UNLIMITED ? OptionalLong.of(UNLIMITED) : positive(value, field);
    }

    private static Optional<Bytes> memory(long value, Field field) {
        OptionalLong limit = positive(value, field);
        return limit.isPresent() ? Optional.of(new Bytes(limit.getAsLong())) : Optional.empty();
    }

    private static OptionalInt oomScoreAdj(long value, Field field) {
        if (value < -1000 || value > 1000) {
            throw field.invalid(value + " is not between -1000 and 1000");
        }
        return value == 0 ? OptionalInt.empty() : OptionalInt.of((int) value);
    }

    /** A limit of zero is one: the kubelet sends it for every page size that a container did not ask for. */
    private static List<io.carafe.domain.resource.HugepageLimit> hugepages(List<HugepageLimit> limits, Field field) {
        return IntStream.range(0, limits.size())
                .mapToObj(i -> {
                    HugepageLimit limit = limits.get(i);
                    if (limit.getLimit() < 0) {
                        throw field.at(i)
                                .dot("limit")
                                .invalid(Long.toUnsignedString(limit.getLimit()) + " is too large");
                    }
                    return new io.carafe.domain.resource.HugepageLimit(
                            field.at(i).dot("page_size").required(limit.getPageSize()), new Bytes(limit.getLimit()));
                })
                .toList();
    }
}
