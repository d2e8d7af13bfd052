package io.carafe.ports.tck.certify;

/**
 * How one claim of a kit came out.
 *
 * @param group the kit
 */
record Claim(String group, String name, Verdict verdict) {
    sealed interface Verdict {
        record Passed() implements Verdict {}

        /** @param trace begins with what was expected and what was found */
        record Failed(String trace) implements Verdict {}

        record Skipped(String reason) implements Verdict {}
    }
}
