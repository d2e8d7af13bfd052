package io.carafe.domain.process;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid on the host
 * @param startTime clock ticks after boot, field 22 of /proc/pid/stat
 */
public record ProcessIdentity(long pid, long startTime) {}
