package io.carafe.assembly.config;

import io.carafe.domain.sandbox.CgroupDriver;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the daemon lives and how it behaves.
 *
 * @param root survives a reboot: images, snapshots, records
 * @param run does not: namespaces, bundles, exit files, the lock of the one daemon that may use both
 * @param sockets for the sockets of backends; short, since a socket's path ends at 108 bytes
 * @param socket where CRI is served
 * @param cgroupDriver empty means that the host decides: systemd where it is the init, else cgroupfs
 * @param logLevel what is less than this is not logged
 * @param adapters vendors' JARs; empty means the directory of that name in the distribution
 * @param shutdown how long calls under way may take after SIGTERM
 */
public record DaemonSettings(
        Path root,
        Path run,
        Path sockets,
        Path socket,
        Optional<CgroupDriver> cgroupDriver,
        Level logLevel,
        Optional<Path> adapters,
        Duration shutdown) {}
