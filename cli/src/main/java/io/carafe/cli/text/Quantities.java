package io.carafe.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Sizes, ages and ids as people read them. */
public final class Quantities {
    private static final int SHORT_ID = 12;

    private Quantities() {}

    /** In steps of 1000, three digits: "982 kB", "1.21 MB". */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int step = 0;
        while (value >= 999.5 && step < 5) {
            value /= 1000;
            step++;
        }
        var digits = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits, value) + " " + "BkMGTP".charAt(step) + "B";
    }

    /** Roughly how long ago: "12s", "5m", "3h", "8d". */
    public static String age(Instant then, Instant now) {
        var age = Duration.between(then, now);
        if (age.toSeconds() < 120) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toMinutes() < 120) {
            return age.toMinutes() + "m";
        }
        return age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }

    /** CRI's time, nanoseconds since the epoch. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    /** The first digits of an id, without a digest's algorithm. */
    public static String shortId(String id) {
        var digits = id.substring(id.indexOf(':') + 1);
        return digits.length() <= SHORT_ID ? digits : digits.substring(0, SHORT_ID);
    }
}
