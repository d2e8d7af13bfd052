package io.carafe.assembly.config;

/** One thing that is wrong in the configuration, and where. */
public record ConfigurationProblem(Origin origin, String message) {
    @Override
    public String toString() {
        return origin + ": " + message;
    }
}
