package io.carafe.assembly.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how exec, attach and port-forward are served to the kubelet.
 *
 * @param port 0 for any free one
 * @param tlsCertificate empty for plain HTTP; is there if the key is
 * @param tlsKey empty for plain HTTP
 * @param idleTimeout after which a stream on which nothing moves is ended
 * @param ticketLifetime how long a URL that was not used is good
 * @param maxInFlight the most URLs not used yet and streams open, together
 */
public record StreamingSettings(
        String address,
        int port,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        Duration idleTimeout,
        Duration ticketLifetime,
        int maxInFlight) {}
