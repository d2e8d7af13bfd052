package io.carafe.domain.spec;

/** A resource limit, {@code type} as RLIMIT_NOFILE. */
public record OciRlimit(String type, long hard, long soft) {}
