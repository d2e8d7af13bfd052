package io.carafe.domain.resource;

import java.time.Instant;
import java.util.Optional;

/** Swap of a cgroup; {@code available} is empty where there is no limit. */
public record SwapUsage(Instant at, Bytes usage, Optional<Bytes> available) {}
