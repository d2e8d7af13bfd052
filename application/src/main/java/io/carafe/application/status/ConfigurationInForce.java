package io.carafe.application.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which reading of the configuration and of the adapters directory counts.
 *
 * @param readAt when it was read
 * @param needsRestart keys that differ in it from what the daemon was started with and that a reload cannot take up
 * @param adapters what of the adapters directory is not used, and why
 * @param refused the reading after it that was wrong; empty if there was none
 */
public record ConfigurationInForce(
        Instant readAt, List<String> needsRestart, List<AdapterProblem> adapters, Optional<Refusal> refused) {
    public ConfigurationInForce {
        needsRestart = List.copyOf(needsRestart);
        adapters = List.copyOf(adapters);
    }

    /**
     * @param at when it was read
     * @param problems all that is wrong with it, each with file and line
     */
    public record Refusal(Instant at, List<String> problems) {
        public Refusal {
            problems = List.copyOf(problems);
        }
    }

    public ConfigurationInForce refusing(Refusal refusal) {
        return new ConfigurationInForce(readAt, needsRestart, adapters, Optional.of(refusal));
    }
}
