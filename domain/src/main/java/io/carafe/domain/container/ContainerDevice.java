package io.carafe.domain.container;

/** A device of the host; {@code permissions} of the letters r, w, m. */
public record ContainerDevice(String containerPath, String hostPath, String permissions) {}
