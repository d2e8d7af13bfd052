package io.carafe.ports.tck.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for what another process does, by asking again. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Eventually() {}

    static void isTrue(String claim, Callable<Boolean> condition) throws Exception {
        get(claim, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    static <T> T get(String claim, Callable<Optional<T>> question) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so within " + PATIENCE + ": " + claim);
            }
            Thread.sleep(PAUSE);
        }
    }
}
