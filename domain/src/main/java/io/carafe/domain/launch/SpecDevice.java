package io.carafe.domain.launch;

import io.carafe.domain.spec.OciDevice;

/** A device of the host under its path in the container; {@code permissions} of the letters r, w, m. */
public record SpecDevice(OciDevice device, String permissions) {}
