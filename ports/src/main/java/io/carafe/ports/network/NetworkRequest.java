package io.carafe.ports.network;

import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.PortMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod to be attached or detached.
 *
 * @param namespace path of the pinned network namespace; empty at detach when it is gone
 * @param annotations the pod's; kubernetes.io/ingress-bandwidth and egress-bandwidth are read
 */
public record NetworkRequest(
        PodSandboxId id,
        PodSandboxMetadata metadata,
        Optional<Path> namespace,
        List<PortMapping> portMappings,
        Map<String, String> annotations,
        Optional<DnsConfig> dns,
        Optional<String> cgroupPath) {
    public NetworkRequest {
        portMappings = List.copyOf(portMappings);
        annotations = Map.copyOf(annotations);
    }
}
