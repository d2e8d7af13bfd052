package io.carafe.registry.http;

import io.carafe.domain.fault.Fault;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in upper or lower case. Source: golang.org/x/net/http/httpproxy.
 *
 * <p>One that cannot be used is no reason not to start: what would go through it fails, and {@link #problems} tells.
 */
public final class ProxyEnvironment implements Proxies {
    private static final String HTTP = "HTTP_PROXY";
    private static final String HTTPS = "HTTPS_PROXY";

    private final Map<String, HttpProxy> usable = new TreeMap<>();
    private final Map<String, String> unusable = new TreeMap<>();
    private final NoProxy direct;

    private ProxyEnvironment(NoProxy direct) {
        this.direct = direct;
    }

    public static ProxyEnvironment from(Map<String, String> environment) {
        var proxies = new ProxyEnvironment(
                NoProxy.parse(value(environment, "NO_PROXY").orElse("")));
        for (String name : List.of(HTTP, HTTPS)) {
            value(environment, name).ifPresent(text -> proxies.add(name, text));
        }
        return proxies;
    }

    private void add(String name, String text) {
        try {
            usable.put(name, HttpProxy.parse(name, text));
        } catch (Fault.InvalidArgument e) {
            unusable.put(name, String.valueOf(e.getMessage()));
        }
    }

    /** Whether a proxy wants a password: the JDK must then be told that it may send one. */
    public boolean hasCredentials() {
        return usable.values().stream().anyMatch(proxy -> proxy.authorization().isPresent());
    }

    /** Of the proxies that cannot be used, a sentence each. */
    public List<String> problems() {
        return unusable.values().stream()
                .map(why -> why + "; what would go through it fails: correct the environment and restart")
                .toList();
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(v -> !v.isBlank())
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
                        .filter(v -> !v.isBlank()));
    }

    /** @throws Fault.InvalidArgument if it goes through one that cannot be used */
    @Override
    public Optional<HttpProxy> proxyFor(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        String name = secure ? HTTPS : HTTP;
        if (direct.covers(uri.getHost(), port)) {
            return Optional.empty();
        }
        if (unusable.containsKey(name)) {
            throw new Fault.InvalidArgument(String.valueOf(unusable.get(name)));
        }
        return Optional.ofNullable(usable.get(name));
    }
}
