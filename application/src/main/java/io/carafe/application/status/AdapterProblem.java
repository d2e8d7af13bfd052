package io.carafe.application.status;

/**
 * A vendor's JAR, or a provider in it, that is not used.
 *
 * @param where the JAR, or what else the provider came from
 * @param reason what was found and what to do
 */
public record AdapterProblem(String where, String reason) {
    @Override
    public String toString() {
        return where + ": " + reason;
    }
}
