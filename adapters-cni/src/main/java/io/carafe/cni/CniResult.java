package io.carafe.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ADD of a network answered, in any version: {@code ip4} and {@code ip6} before 0.3.0, a list {@code ips} since.
 *
 * @param raw as the last plugin printed it, with the cniVersion it was spoken to in where it named none
 */
record CniResult(ObjectNode raw) {
    /** @throws Fault.InvalidArgument if it is not a JSON object */
    static CniResult parse(byte[] output, CniVersion version) {
        ObjectNode raw = CniJson.parse(output);
        if (raw.path("cniVersion").asText().isEmpty()) {
            raw.put("cniVersion", version.toString());
        }
        return new CniResult(raw);
    }

    /**
     * The addresses of a pod's interface, without prefix length, in the order the plugins gave them: the first is the pod's
     * primary address, so a network decides itself whether that is IPv4 or IPv6.
     *
     * @throws Fault.InvalidArgument if one is not an address
     */
    List<String> ips(String interfaceName) {
        List<String> ofInterface = new ArrayList<>();
        List<String> ofPod = new ArrayList<>();
        for (JsonNode ip : raw.path("ips")) {
            JsonNode owner = raw.path("interfaces").path(ip.path("interface").asInt(-1));
            boolean inPod = !owner.path("sandbox").asText().isEmpty();
            String address = address(ip.path("address").asText());
            if (owner.isMissingNode() || (inPod && owner.path("name").asText().equals(interfaceName))) {
                ofInterface.add(address);
            } else if (inPod) {
                ofPod.add(address);
            }
        }
        for (String family : List.of("ip4", "ip6")) {
            if (raw.path(family).has("ip")) {
                ofInterface.add(address(raw.path(family).path("ip").asText()));
            }
        }
        return ofInterface.isEmpty() ? ofPod : ofInterface;
    }

    private static String address(String cidr) {
        String address = cidr.replaceFirst("/.*", "");
        try {
            InetAddress.ofLiteral(address);
            return address;
        } catch (IllegalArgumentException e) {
            throw new Fault.InvalidArgument("'" + cidr + "' is not an IP address", e);
        }
    }
}
