package io.carafe.ports.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a port-forward goes.
 *
 * @param network the pod's pinned network namespace, empty for the host's
 * @param ips the pod's addresses
 */
public record PortForwardTarget(Optional<Path> network, List<String> ips, int port) {
    public PortForwardTarget {
        ips = List.copyOf(ips);
    }
}
