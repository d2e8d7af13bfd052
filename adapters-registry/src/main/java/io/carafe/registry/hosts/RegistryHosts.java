package io.carafe.registry.hosts;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hosts of each registry, in the order in which they are asked. Read from disk at each call, so that an edit needs no
 * restart.
 *
 * <p>In every root directory, in order: {@code host_port_}, {@code host:port}, {@code _default}; the first that exists
 * counts. In it {@code hosts.toml}; where that is missing or empty, Docker's {@code *.crt}, {@code *.cert} and {@code
 * *.key}. Nothing found: the registry itself over https.
 *
 * <p>Source: containerd docs/hosts.md.
 */
public final class RegistryHosts {
    private final List<Path> roots;

    public RegistryHosts(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * @param registry host and optional port, as in an image reference
     * @throws Fault.WrongState if what is configured cannot be used, naming file and line
     */
    public List<RegistryHost> of(String registry) {
        for (Path root : roots) {
            for (String name : directoryNames(registry)) {
                Path directory = root.resolve(name);
                if (Files.isDirectory(directory)) {
                    return in(directory, registry);
                }
            }
        }
        return List.of(RegistryHost.serverOf(registry, TlsFiles.NONE));
    }

    private static List<RegistryHost> in(Path directory, String registry) {
        Path file = directory.resolve("hosts.toml");
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                return HostsToml.read(file, registry);
            }
            return List.of(RegistryHost.serverOf(registry, dockerCertificates(directory)));
        } catch (IOException e) {
            throw new Fault.WrongState(
                    "find the hosts of registry " + registry + ": " + directory + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static TlsFiles dockerCertificates(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> sorted = files.sorted().toList();
            return new TlsFiles(
                    sorted.stream().filter(f -> f.toString().endsWith(".crt")).toList(),
                    sorted.stream()
                            .filter(f -> f.toString().endsWith(".cert"))
                            .map(f -> new ClientCertificate(
                                    f,
                                    f.resolveSibling(f.getFileName().toString().replaceFirst("cert$", "key"))))
                            .toList(),
                    false);
        }
    }

    static List<String> directoryNames(String registry) {
        int colon = registry.lastIndexOf(':');
        boolean hasPort = colon > registry.lastIndexOf(']');
        return hasPort
                ? List.of(
                        registry.substring(0, colon) + "_" + registry.substring(colon + 1) + "_", registry, "_default")
                : List.of(registry, "_default");
    }
}
