package io.carafe.cni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carafe.domain.fault.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a pod's annotations say of its bandwidth, in bits per second.
 *
 * <p>Source: Kubernetes' network plugin documentation ("Support traffic shaping").
 */
record PodBandwidth(OptionalLong ingress, OptionalLong egress) {
    private static final String INGRESS = "kubernetes.io/ingress-bandwidth";
    private static final String EGRESS = "kubernetes.io/egress-bandwidth";
    private static final long LOWEST = 1_000;
    private static final long HIGHEST = 1_000_000_000_000_000L;

    /** The largest that the plugin takes, as the kubelet always gave it: the burst is not limited. */
    private static final long BURST = 0xFFFF_FFFFL;

    static Optional<PodBandwidth> of(Map<String, String> annotations) {
        var bandwidth = new PodBandwidth(rate(annotations, INGRESS), rate(annotations, EGRESS));
        return bandwidth.ingress.isPresent() || bandwidth.egress.isPresent()
                ? Optional.of(bandwidth)
                : Optional.empty();
    }

    private static OptionalLong rate(Map<String, String> annotations, String name) {
        String text = annotations.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        OptionalLong rate = Quantity.parse(text);
        if (rate.isEmpty() || rate.getAsLong() < LOWEST || rate.getAsLong() > HIGHEST) {
            throw new Fault.InvalidArgument("annotation " + name + " = '" + text
                    + "' is not a bandwidth between 1k and 1P bits per second, such as 10M");
        }
        return rate;
    }

    ObjectNode toJson() {
        ObjectNode node = CniJson.object();
        ingress.ifPresent(rate -> node.put("ingressRate", rate).put("ingressBurst", BURST));
        egress.ifPresent(rate -> node.put("egressRate", rate).put("egressBurst", BURST));
        return node;
    }
}
