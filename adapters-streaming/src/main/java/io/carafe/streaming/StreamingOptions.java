package io.carafe.streaming;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.fault.Fault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how streams are served.
 *
 * @param address an IP address to listen on; the kubelet on the same host is the only client that must reach it
 * @param port 0 for any free one
 * @param tls empty for plain HTTP
 * @param idleTimeout after which a stream on which nothing moves is closed
 */
public record StreamingOptions(String address, int port, Optional<StreamingTls> tls, Duration idleTimeout) {
    /** Loopback, any port, plain HTTP, four hours as the kubelet has it. */
    public static final StreamingOptions DEFAULTS =
            new StreamingOptions("127.0.0.1", 0, Optional.empty(), Duration.ofHours(4));

    public StreamingOptions {
        try {
            InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new Fault.InvalidArgument("streaming address '" + address + "' is not an IP address", e);
        }
        if (port < 0 || port > 65_535) {
            throw new Fault.InvalidArgument("streaming port " + port + " is not between 0 and 65535");
        }
        if (!idleTimeout.isPositive()) {
            throw new Fault.InvalidArgument(
                    "streaming idle timeout " + DurationText.of(idleTimeout) + " is not positive");
        }
    }
}
