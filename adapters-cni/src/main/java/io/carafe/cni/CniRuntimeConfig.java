package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.sandbox.PortMapping;
import io.carafe.ports.network.NetworkRequest;
import java.util.List;
import java.util.Locale;

/**
 * What the runtime can tell plugins about a pod, by the capability that asks for it. Source: CONVENTIONS.md of the CNI project;
 * {@code io.kubernetes.cri.pod-annotations} is what other runtimes offer too.
 */
final class CniRuntimeConfig {
    static final String PORT_MAPPINGS = "portMappings";
    static final String BANDWIDTH = "bandwidth";

    private CniRuntimeConfig() {}

    static ObjectNode of(NetworkRequest request, CniConfList network) {
        ObjectNode config = CniJson.object();
        List<PortMapping> ports = hostPorts(request);
        if (!ports.isEmpty()) {
            ArrayNode mappings = config.putArray(PORT_MAPPINGS);
            ports.forEach(port -> describe(port, mappings.addObject()));
        }
        // a malformed annotation matters only to a network that would act on it
        if (network.offers(BANDWIDTH)) {
            PodBandwidth.of(request.annotations()).ifPresent(bandwidth -> config.set(BANDWIDTH, bandwidth.toJson()));
        }
        request.dns().ifPresent(dns -> {
            ObjectNode node = config.putObject("dns");
            dns.servers().forEach(node.putArray("servers")::add);
            dns.searches().forEach(node.putArray("searches")::add);
            dns.options().forEach(node.putArray("options")::add);
        });
        request.cgroupPath().ifPresent(path -> config.put("cgroupPath", path));
        ObjectNode annotations = config.putObject("io.kubernetes.cri.pod-annotations");
        request.annotations().forEach(annotations::put);
        return config;
    }

    /** The kubelet also names container ports that lead nowhere, with host port 0. */
    static List<PortMapping> hostPorts(NetworkRequest request) {
        return request.portMappings().stream()
                .filter(port -> port.hostPort() > 0)
                .toList();
    }

    private static void describe(PortMapping port, ObjectNode node) {
        node.put("hostPort", port.hostPort());
        node.put("containerPort", port.containerPort());
        node.put("protocol", port.protocol().name().toLowerCase(Locale.ROOT));
        node.put("hostIP", port.hostIp());
    }
}
