package io.carafe.domain.sandbox;

import java.util.List;

/**
 * The addresses of a pod, the primary one first; empty for host network.
 *
 * @param rawResult the CNI result as the last plugin printed it, kept so that DEL can be given it after a reboot; may be empty
 */
public record PodNetworkStatus(List<String> ips, String rawResult) {
    public static final PodNetworkStatus NONE = new PodNetworkStatus(List.of(), "");

    public PodNetworkStatus {
        ips = List.copyOf(ips);
    }
}
