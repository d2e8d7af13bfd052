package io.carafe.cni;

import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.PortMapping;
import io.carafe.ports.network.NetworkRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests for tests without root: the namespace is the test's own, which fake plugins leave alone. */
final class Pods {
    static final PodSandboxId POD = new PodSandboxId("0123456789abcdef".repeat(4));
    static final PodSandboxId OTHER = new PodSandboxId("fedcba9876543210".repeat(4));

    /** A path at which a namespace is alive. */
    static final Path NAMESPACE = Path.of("/proc/self/ns/net");

    private Pods() {}

    static NetworkRequest plain(PodSandboxId id) {
        return request(id, Optional.of(NAMESPACE), List.of(), Map.of());
    }

    static NetworkRequest gone(PodSandboxId id) {
        return request(id, Optional.empty(), List.of(), Map.of());
    }

    static NetworkRequest withHostPort(PodSandboxId id) {
        return request(
                id,
                Optional.of(NAMESPACE),
                List.of(
                        new PortMapping(PortMapping.Protocol.UDP, 53, 5353, "127.0.0.1"),
                        new PortMapping(PortMapping.Protocol.TCP, 80, 0, "")),
                Map.of());
    }

    static NetworkRequest withAnnotations(PodSandboxId id, Map<String, String> annotations) {
        return request(id, Optional.of(NAMESPACE), List.of(), annotations);
    }

    private static NetworkRequest request(
            PodSandboxId id, Optional<Path> namespace, List<PortMapping> ports, Map<String, String> annotations) {
        return new NetworkRequest(
                id,
                new PodSandboxMetadata("web-0", "b5a1", "shop", 1),
                namespace,
                ports,
                annotations,
                Optional.of(new DnsConfig(List.of("10.96.0.10"), List.of("shop.svc"), List.of("ndots:5"))),
                Optional.of("/kubepods/podb5a1"));
    }
}
