package io.carafe.domain.spec;

/** One line of a uid_map. */
public record OciIdMapping(long containerID, long hostID, long size) {}
