package io.carafe.domain.fault;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them, for messages: {@code 10s}, {@code 1m30s}, {@code 0.2s}. */
public final class DurationText {
    private static final int AFTER_PT = 2;

    private DurationText() {}

    public static String of(Duration duration) {
        return duration.toString().substring(AFTER_PT).toLowerCase(Locale.ROOT);
    }
}
