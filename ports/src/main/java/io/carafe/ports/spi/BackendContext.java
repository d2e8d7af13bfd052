package io.carafe.ports.spi;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What every backend is given at its making.
 *
 * @param stateDirectory exists, survives a reboot, belongs to this backend alone
 * @param runDirectory exists, is empty after a reboot, belongs to this backend alone
 * @param socketDirectory exists, short path (unix sockets end at 108 bytes), empty after a reboot, belongs to this backend alone
 * @param options its section of the configuration
 */
public record BackendContext(
        Path stateDirectory,
        Path runDirectory,
        Path socketDirectory,
        Options options,
        InstantSource clock,
        Tasks tasks) {}
