package io.carafe.assembly.discovery;

/** A JAR or provider that cannot be used, and why; the daemon runs without it. */
public record DiscoveryProblem(String where, String reason) {
    @Override
    public String toString() {
        return where + ": " + reason;
    }
}
