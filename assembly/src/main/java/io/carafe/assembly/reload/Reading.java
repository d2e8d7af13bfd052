package io.carafe.assembly.reload;

import io.carafe.assembly.config.Configuration;
import io.carafe.assembly.discovery.ProviderCatalog;
import java.time.Instant;

/** The configuration and the adapters directory as they were at one time, and right. */
public record Reading(Configuration configuration, ProviderCatalog catalog, Instant at) {}
