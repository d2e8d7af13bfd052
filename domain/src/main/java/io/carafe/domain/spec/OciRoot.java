package io.carafe.domain.spec;

/** The root file system; {@code path} absolute on the host. */
public record OciRoot(String path, boolean readonly) {}
