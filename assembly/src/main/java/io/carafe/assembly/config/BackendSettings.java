package io.carafe.assembly.config;

import io.carafe.ports.spi.Options;
import java.util.Map;

/**
 * Which provider serves, and its options.
 *
 * @param section as it stands in the file: "network", "handlers.runc"
 * @param origin of the section
 * @param optionOrigins where each option stands
 */
public record BackendSettings(
        String section, String provider, Options options, Origin origin, Map<String, Origin> optionOrigins) {
    public BackendSettings {
        optionOrigins = Map.copyOf(optionOrigins);
    }
}
