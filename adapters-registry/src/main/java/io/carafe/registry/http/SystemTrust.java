package io.carafe.registry.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file with the certificate authorities that the node trusts: what update-ca-certificates and its like maintain, where
 * operators put their own. The JDK's own list counts only where there is none. SSL_CERT_FILE overrides it.
 *
 * <p>Source: Go's crypto/x509 root_linux.go looks at the same places.
 */
public record SystemTrust(Optional<Path> bundle) {
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    public static SystemTrust from(Map<String, String> environment) {
        String file = environment.getOrDefault("SSL_CERT_FILE", "");
        return file.isEmpty()
                ? new SystemTrust(BUNDLES.stream().filter(Files::isReadable).findFirst())
                : new SystemTrust(Optional.of(Path.of(file)));
    }
}
