package io.carafe.domain.sandbox;

/** {@code length} ids from {@code containerId} on are {@code hostId} and up on the host. */
public record IdMapping(long hostId, long containerId, long length) {}
