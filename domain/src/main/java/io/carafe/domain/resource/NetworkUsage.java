package io.carafe.domain.resource;

import java.time.Instant;
import java.util.List;

/** Counters of the interfaces in a network namespace, {@code lo} left out. */
public record NetworkUsage(Instant at, List<Interface> interfaces) {
    public NetworkUsage {
        interfaces = List.copyOf(interfaces);
    }

    public record Interface(String name, Bytes received, long receiveErrors, Bytes sent, long sendErrors) {}
}
