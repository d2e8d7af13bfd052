package io.carafe.registry.hosts;

import io.carafe.domain.fault.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The fields that a host table of {@code hosts.toml} may have. Paths are relative to the file's directory. Source: containerd
 * docs/hosts.md, "hosts.toml Content Description".
 */
final class HostFields {
    private static final Set<String> KNOWN =
            Set.of("capabilities", "ca", "client", "skip_verify", "header", "override_path", "dial_timeout", "proxy");

    private final Path file;
    private final TomlTable table;

    /** @param others field names that the caller reads itself */
    HostFields(Path file, TomlTable table, Set<String> others) {
        this.file = file;
        this.table = table;
        for (String key : table.keySet()) {
            if (!KNOWN.contains(key) && !others.contains(key)) {
                throw unusable(
                        key,
                        "'" + key + "' is not a field of a host (known: "
                                + String.join(", ", KNOWN.stream().sorted().toList()) + ")");
            }
        }
    }

    Optional<String> text(String key) {
        return switch (table.get(List.of(key))) {
            case null -> Optional.empty();
            case String text -> Optional.of(text).filter(t -> !t.isEmpty());
            default -> throw unusable(key, "'" + key + "' is not a string");
        };
    }

    boolean flag(String key) {
        return switch (table.get(List.of(key))) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw unusable(key, "'" + key + "' is not true or false");
        };
    }

    Set<Capability> capabilities() {
        Set<Capability> capabilities = new HashSet<>();
        for (String name : texts(table, "capabilities")) {
            capabilities.add(
                    switch (name.toLowerCase(Locale.ROOT)) {
                        case "pull" -> Capability.PULL;
                        case "resolve" -> Capability.RESOLVE;
                        case "push" -> Capability.PUSH;
                        default -> throw unusable("capabilities", "'" + name + "' is not pull, resolve or push");
                    });
        }
        return capabilities.isEmpty() ? RegistryHost.ALL : capabilities;
    }

    TlsFiles tls() {
        return new TlsFiles(
                texts(table, "ca").stream().map(this::path).toList(), clientCertificates(), flag("skip_verify"));
    }

    private List<ClientCertificate> clientCertificates() {
        if (!(table.get(List.of("client")) instanceof TomlArray array)) {
            return texts(table, "client").stream().map(this::both).toList();
        }
        List<ClientCertificate> certificates = new ArrayList<>();
        for (Object element : array.toList()) {
            certificates.add(
                    switch (element) {
                        case String pem -> both(pem);
                        case TomlArray pair
                        when pair.size() == 2
                                && pair.get(0) instanceof String certificate
                                && pair.get(1) instanceof String key ->
                            key.isEmpty() ? both(certificate) : new ClientCertificate(path(certificate), path(key));
                        default ->
                            throw unusable(
                                    "client", "'client' has an entry that is neither a path nor a pair of paths");
                    });
        }
        return certificates;
    }

    private ClientCertificate both(String pem) {
        return new ClientCertificate(path(pem), path(pem));
    }

    Map<String, List<String>> headers() {
        if (!table.contains(List.of("header"))) {
            return Map.of();
        }
        if (!(table.get(List.of("header")) instanceof TomlTable header)) {
            throw unusable("header", "'header' is not a table");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : header.keySet()) {
            headers.put(name, texts(header, name));
        }
        return headers;
    }

    Optional<Duration> dialTimeout() {
        return text("dial_timeout")
                .map(text -> GoDuration.parse(text)
                        .orElseThrow(
                                () -> unusable("dial_timeout", "'" + text + "' is not a duration such as \"5s\"")));
    }

    Optional<URI> proxy() {
        return text("proxy").map(text -> {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw unusable("proxy", "'proxy' is not a URL"); // not quoted: it may hold a password
            }
        });
    }

    private List<String> texts(TomlTable from, String key) {
        return switch (from.get(List.of(key))) {
            case null -> List.of();
            case String text -> List.of(text);
            case TomlArray array
            when array.toList().stream().allMatch(String.class::isInstance) ->
                array.toList().stream().map(String.class::cast).toList();
            default -> throw unusable(key, "'" + key + "' is neither a string nor a list of strings");
        };
    }

    private Path path(String text) {
        return file.resolveSibling(text);
    }

    Fault unusable(String key, String why) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return new Fault.WrongState(file + (position == null ? "" : ":" + position.line()) + ": " + why);
    }
}
