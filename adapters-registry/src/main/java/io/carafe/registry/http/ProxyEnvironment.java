package io.carafe.registry.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in upper or lower case. Source: golang.org/x/net/http/httpproxy. */
public final class ProxyEnvironment implements Proxies {
    private final Optional<HttpProxy> forHttp;
    private final Optional<HttpProxy> forHttps;
    private final NoProxy direct;

    private ProxyEnvironment(Optional<HttpProxy> forHttp, Optional<HttpProxy> forHttps, NoProxy direct) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.direct = direct;
    }

    /** Whether a proxy wants a password: the JDK must then be told that it may send one. */
    public boolean hasCredentials() {
        return forHttp.flatMap(HttpProxy::authorization).isPresent()
                || forHttps.flatMap(HttpProxy::authorization).isPresent();
    }

    /** @throws io.carafe.domain.fault.Fault.InvalidArgument for a proxy that cannot be used */
    public static ProxyEnvironment from(Map<String, String> environment) {
        return new ProxyEnvironment(
                value(environment, "HTTP_PROXY").map(v -> HttpProxy.parse("HTTP_PROXY", v)),
                value(environment, "HTTPS_PROXY").map(v -> HttpProxy.parse("HTTPS_PROXY", v)),
                NoProxy.parse(value(environment, "NO_PROXY").orElse("")));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(v -> !v.isBlank())
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
                        .filter(v -> !v.isBlank()));
    }

    @Override
    public Optional<HttpProxy> proxyFor(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return (secure ? forHttps : forHttp).filter(_ -> !direct.covers(uri.getHost(), port));
    }
}
