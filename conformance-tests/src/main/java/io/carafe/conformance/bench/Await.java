package io.carafe.conformance.bench;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls until something holds; what was last seen stands in the message of the failure. */
public final class Await {
    private static final long FIRST_STEP_MILLIS = 20;
    private static final long LONGEST_STEP_MILLIS = 300;

    private Await() {}

    public static <T> T until(String what, Duration patience, Supplier<T> seen, Predicate<T> holds) {
        long end = System.nanoTime() + patience.toNanos();
        long step = FIRST_STEP_MILLIS;
        T last = seen.get();
        while (!holds.test(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "after " + patience.toSeconds() + " s still not: " + what + "; last seen: " + last);
            }
            try {
                Thread.sleep(step);
                step = Math.min(step * 3 / 2, LONGEST_STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting: " + what, e);
            }
            last = seen.get();
        }
        return last;
    }

    public static void until(String what, Duration patience, Supplier<Boolean> holds) {
        var _ = until(what, patience, holds, value -> value);
    }
}
