package io.carafe.conformance.run;

import java.time.Duration;

/**
 * How one claim, or one spec of another suite, came out.
 *
 * @param area the group that the table counts it under
 * @param suite what JUnit XML calls the class
 */
record Outcome(String area, String suite, String name, Duration took, Verdict verdict) {
    sealed interface Verdict {
        record Passed() implements Verdict {}

        /** {@code trace} is the whole story, {@code message} its first lines; {@code quote} the proto's words, or empty. */
        record Failed(String message, String trace, String quote) implements Verdict {}

        record Skipped(String reason) implements Verdict {}
    }
}
