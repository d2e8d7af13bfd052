package io.carafe.registry.hosts;

import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads one {@code hosts.toml}: {@code [host."URL"]} tables in the order of the file, then the {@code server} with the fields
 * of the root. A field that containerd does not document is refused, with file and line, for it would otherwise be ignored.
 */
final class HostsToml {
    private static final Set<String> ROOT_FIELDS = Set.of("server", "host");

    private final Path file;
    private final String registry;

    private HostsToml(Path file, String registry) {
        this.file = file;
        this.registry = registry;
    }

    /** @throws Fault.WrongState naming file and line, if it cannot be used */
    static List<RegistryHost> read(Path file, String registry) throws IOException {
        return new HostsToml(file, registry).hosts(Toml.parse(file));
    }

    private List<RegistryHost> hosts(TomlParseResult toml) {
        for (TomlParseError error : toml.errors()) {
            throw unusable(error.position(), String.valueOf(error.getMessage()));
        }
        List<RegistryHost> hosts = new ArrayList<>();
        if (toml.get(List.of("host")) instanceof TomlTable mirrors) {
            mirrors.keySet().stream()
                    .sorted(Comparator.comparingInt(url -> lineOf(mirrors, url)))
                    .forEach(url -> hosts.addAll(mirror(mirrors, url)));
        } else if (toml.contains(List.of("host"))) {
            throw unusable(toml.inputPositionOf(List.of("host")), "'host' is not a table like [host.\"https://…\"]");
        }
        hosts.addAll(server(toml));
        return List.copyOf(hosts);
    }

    private List<RegistryHost> mirror(TomlTable mirrors, String url) {
        if (!(mirrors.get(List.of(url)) instanceof TomlTable table)) {
            throw unusable(mirrors.inputPositionOf(List.of(url)), "host \"" + url + "\" is not a table");
        }
        HostFields fields = new HostFields(file, table, Set.of());
        return host(root(fields, url, why -> unusable(mirrors.inputPositionOf(List.of(url)), why)), fields, false);
    }

    private List<RegistryHost> server(TomlTable toml) {
        HostFields fields = new HostFields(file, toml, ROOT_FIELDS);
        String url = fields.text("server").orElseGet(() -> "https://" + RegistryHost.addressOf(registry));
        return host(root(fields, url, why -> fields.unusable("server", why)), fields, true);
    }

    private List<RegistryHost> host(URI root, HostFields fields, boolean server) {
        RegistryHost host = new RegistryHost(
                root,
                fields.capabilities(),
                fields.tls(),
                fields.headers(),
                fields.dialTimeout(),
                fields.proxy(),
                server);
        if (!host.isPlainHttp() || host.tls().equals(TlsFiles.NONE) || root.getPort() == 80 || root.getPort() < 0) {
            return List.of(host);
        }
        // http with TLS settings: containerd tries https first, and its documentation shows such a file
        URI secure = URI.create("https" + root.toString().substring("http".length()));
        RegistryHost first = new RegistryHost(
                secure, host.capabilities(), host.tls(), host.headers(), host.dialTimeout(), host.proxy(), server);
        RegistryHost second = new RegistryHost(
                root, host.capabilities(), TlsFiles.NONE, host.headers(), host.dialTimeout(), host.proxy(), server);
        return List.of(first, second);
    }

    private static URI root(HostFields fields, String url, Function<String, Fault> unusable) {
        URI uri;
        try {
            uri = URI.create(url.contains("://") ? url : "https://" + url);
        } catch (IllegalArgumentException e) {
            throw unusable.apply("a host is not a URL"); // not quoted: it may hold a password
        }
        boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
            throw unusable.apply("'" + uri.getScheme() + "://" + uri.getHost()
                    + "' is not a URL of the form http(s)://host[:port][/path]");
        }
        String path = Optional.ofNullable(uri.getRawPath())
                .orElse("")
                .replaceAll("/+", "/")
                .replaceFirst("/$", "");
        if (!path.endsWith("/v2") && !fields.flag("override_path")) {
            path += "/v2";
        }
        return URI.create(uri.getScheme() + "://" + RegistryHost.addressOf(uri.getRawAuthority()) + path);
    }

    private static int lineOf(TomlTable table, String key) {
        return Optional.ofNullable(table.inputPositionOf(List.of(key)))
                .map(TomlPosition::line)
                .orElse(0);
    }

    private Fault unusable(@Nullable TomlPosition position, String why) {
        return new Fault.WrongState(file + (position == null ? "" : ":" + position.line()) + ": " + why);
    }
}
