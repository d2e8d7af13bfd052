package io.carafe.registry.hosts;

import java.nio.file.Path;

/**
 * A certificate that we show to a server.
 *
 * @param key PEM file with its private key; may be {@code certificate} itself
 */
public record ClientCertificate(Path certificate, Path key) {}
