package io.carafe.domain.sandbox;

/** A host port that leads to a container port; {@code hostIp} is empty for all addresses. */
public record PortMapping(Protocol protocol, int containerPort, int hostPort, String hostIp) {
    /** Transport protocols, as CNI's portmap plugin spells them in lower case. */
    public enum Protocol {
        TCP,
        UDP,
        SCTP
    }
}
