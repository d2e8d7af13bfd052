package io.carafe.assembly.config;

/**
 * One thing that is wrong in the configuration, and where.
 *
 * @param key whose value it is, such as "daemon.root", or a section's name; empty for a whole file
 */
public record ConfigurationProblem(Origin origin, String key, String message) {
    @Override
    public String toString() {
        return origin + ": " + message;
    }
}
