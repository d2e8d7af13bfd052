package io.carafe.registry.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Which proxy a URL is asked through. */
@FunctionalInterface
interface Proxies {
    Optional<HttpProxy> proxyFor(URI uri);

    default ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxyFor(uri).map(HttpProxy::proxy).orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // the failure reaches the caller anyway
            }
        };
    }
}
