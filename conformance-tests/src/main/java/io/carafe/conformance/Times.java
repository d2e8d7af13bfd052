package io.carafe.conformance;

import java.time.Instant;

/** The proto's times: nanoseconds since the epoch. */
final class Times {
    private Times() {}

    static Instant at(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
