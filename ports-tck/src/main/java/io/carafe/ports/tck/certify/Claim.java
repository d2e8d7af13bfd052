package io.carafe.ports.tck.certify;

/**
 * How one claim of a kit came out.
 *
 * @param group the kit
 */
record Claim(String group, String name, Verdict verdict) {
    sealed interface Verdict {
        record Passed() implements Verdict {}

        /** @param words what was expected and what was found, and where */
        record Failed(String words) implements Verdict {}

        record Skipped(String reason) implements Verdict {}
    }
}
