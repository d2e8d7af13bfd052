package io.carafe.application.stats;

import io.carafe.domain.resource.CpuUsage;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Turns CPU counters into rates by keeping the sample before. */
final class CpuRates {
    /** Samples closer than this say nothing; the rate before is answered. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private record Sample(CpuUsage usage, OptionalLong rate) {}

    private final Map<String, Sample> samples = new ConcurrentHashMap<>();

    OptionalLong rate(String id, CpuUsage now) {
        return samples.compute(id, (key, before) -> {
                    if (before == null) {
                        return new Sample(now, OptionalLong.empty());
                    }
                    Duration between = Duration.between(before.usage().at(), now.at());
                    long used = now.usageCoreNanoSeconds() - before.usage().usageCoreNanoSeconds();
                    if (between.compareTo(SHORTEST) < 0) {
                        return before;
                    }
                    if (used < 0) { // another counter: it says nothing yet
                        return new Sample(now, before.rate());
                    }
                    double rate = (double) used
                            / between.toNanos()
                            * Duration.ofSeconds(1).toNanos();
                    return new Sample(now, OptionalLong.of(Math.round(rate)));
                })
                .rate();
    }

    void retain(java.util.Set<String> ids) {
        samples.keySet().retainAll(ids);
    }
}
