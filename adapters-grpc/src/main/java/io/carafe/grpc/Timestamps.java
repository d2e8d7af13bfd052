package io.carafe.grpc;

import java.time.Instant;

/** CRI's times: nanoseconds since 1970. */
final class Timestamps {
    private static final long NANOS = 1_000_000_000L;

    private Timestamps() {}

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
    }
}
