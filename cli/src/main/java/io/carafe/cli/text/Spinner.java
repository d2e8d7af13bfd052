package io.carafe.cli.text;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Shows that something takes its time: on a terminal a turning bar with the seconds that have passed, elsewhere one line. CRI
 * tells no progress of a pull, so there is none to show.
 */
public final class Spinner {
    private static final String TURNS = "|/-\\";
    private static final long STEP_MILLIS = 120;

    private final Console console;

    public Spinner(Console console) {
        this.console = console;
    }

    /** Runs the work and says on stderr what it is and how long it took. */
    public <T> T during(String what, Callable<T> work) throws InterruptedException {
        long began = System.nanoTime();
        if (!console.terminal()) {
            console.err().println(what);
        }
        try (var executor = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory())) {
            var future = executor.submit(work);
            for (int turn = 0; ; turn++) {
                try {
                    var result = future.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                    if (console.terminal()) {
                        console.err().printf("\r%s: done in %s%n", what, seconds(began));
                    }
                    return result;
                } catch (TimeoutException e) {
                    if (console.terminal()) {
                        console.err().printf("\r%s %s %s ", what, TURNS.charAt(turn % TURNS.length()), seconds(began));
                    }
                } catch (ExecutionException e) {
                    if (console.terminal()) {
                        console.err().printf("\r%s: failed after %s%n", what, seconds(began));
                    }
                    throw unchecked(e);
                }
            }
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException("the work of a spinner failed", e.getCause());
    }

    private static String seconds(long began) {
        return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
    }
}
