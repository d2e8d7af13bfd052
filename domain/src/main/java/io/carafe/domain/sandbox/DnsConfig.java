package io.carafe.domain.sandbox;

import java.util.List;

/** What /etc/resolv.conf of the pod says. */
public record DnsConfig(List<String> servers, List<String> searches, List<String> options) {
    public DnsConfig {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }
}
