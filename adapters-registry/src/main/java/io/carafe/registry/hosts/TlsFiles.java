package io.carafe.registry.hosts;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a host's TLS differs from the node's default.
 *
 * @param authorities PEM files of certificate authorities that are trusted besides the node's
 * @param skipVerify neither the chain nor the name of the server's certificate is checked
 */
public record TlsFiles(List<Path> authorities, List<ClientCertificate> clients, boolean skipVerify) {
    public static final TlsFiles NONE = new TlsFiles(List.of(), List.of(), false);

    public TlsFiles {
        authorities = List.copyOf(authorities);
        clients = List.copyOf(clients);
    }

    public Stream<Path> paths() {
        return Stream.concat(
                authorities.stream(),
                clients.stream().flatMap(client -> Stream.of(client.certificate(), client.key())));
    }
}
