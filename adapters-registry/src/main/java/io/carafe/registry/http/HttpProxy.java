package io.carafe.registry.http;

import io.carafe.domain.fault.Fault;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A proxy that is spoken to in plain HTTP.
 *
 * @param authorization value of the Proxy-Authorization header; a secret
 */
public record HttpProxy(String host, int port, Optional<String> authorization) {
    /**
     * Parses "http://user:password@host:port"; scheme and port may be missing.
     *
     * @param source what set it, for the message; the value itself is not shown, for it may hold a password
     * @throws Fault.InvalidArgument for anything else, such as https and socks proxies
     */
    static HttpProxy parse(String source, String value) {
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException e) {
            throw new Fault.InvalidArgument(source + " is not a proxy URL such as http://proxy:3128");
        }
        String host = uri.getHost();
        if (!"http".equalsIgnoreCase(uri.getScheme()) || host == null) {
            throw new Fault.InvalidArgument(source + " names a proxy of scheme '" + uri.getScheme()
                    + "': only http://[user:password@]host[:port] can be used");
        }
        return new HttpProxy(
                host,
                uri.getPort() < 0 ? 80 : uri.getPort(),
                Optional.ofNullable(uri.getRawUserInfo()).map(HttpProxy::basic));
    }

    private static String basic(String userInfo) {
        // decoded as a path would be: '+' stands for itself in user information
        String plain = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    Proxy proxy() {
        // unresolved: the client looks the name up anew for each connection
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public String toString() {
        return "http://" + host + ":" + port;
    }
}
