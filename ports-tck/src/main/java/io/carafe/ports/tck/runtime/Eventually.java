package io.carafe.ports.tck.runtime;

import io.carafe.domain.fault.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for what another process does, by asking again. */
public final class Eventually {
    /** Enough for whatever takes less than a second, on a slow host under load. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private Eventually() {}

    public static void isTrue(String claim, Callable<Boolean> condition) throws Exception {
        get(claim, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    public static <T> T get(String claim, Callable<Optional<T>> question) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so within " + DurationText.of(PATIENCE) + ": " + claim);
            }
            Thread.sleep(PAUSE);
        }
    }
}
