package io.carafe.streaming;

import io.carafe.domain.fault.Fault;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;

/** PEM files of the streaming server: its certificate, with those between it and the root, and its private key (PKCS #8). */
public record StreamingTls(Path certificate, Path key) {
    /** @throws Fault.Unavailable if they cannot be used */
    SslContext context() {
        for (Path file : List.of(certificate, key)) {
            if (!Files.isReadable(file)) {
                throw new Fault.Unavailable("serve streams with TLS: " + file
                        + (Files.exists(file) ? " cannot be read" : " does not exist")
                        + "; correct tls_certificate and tls_key in [streaming] of the configuration");
            }
        }
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new Fault.Unavailable(
                    "serve streams with the certificate " + certificate + " and the key " + key + ": " + e.getMessage()
                            + "; both must be PEM, the key PKCS #8 ('openssl pkcs8 -topk8 -nocrypt' makes it)",
                    e);
        }
    }
}
