package io.carafe.registry.http;

import io.carafe.domain.fault.Fault;
import io.carafe.registry.hosts.RegistryHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Sends one request in the way that a host wants it and follows redirects. Credentials and the host's own headers go to that
 * host alone: a redirect to another one is followed without them, one from https to http is refused.
 *
 * <p>Concurrency: safe. An interrupt ends a request at once and gives up its connection.
 */
public final class RegistryHttp {
    private static final int MOST_REDIRECTS = 5;
    private static final String USER_AGENT = "carafe";

    private final HttpClients clients;
    private final Duration silence;

    /**
     * @param silence how long a server may send nothing, before or within an answer
     * @param executor runs the client's work
     */
    public RegistryHttp(
            ProxyEnvironment proxies, SystemTrust trust, Duration connectTimeout, Duration silence, Executor executor) {
        this.clients = new HttpClients(proxies, trust, connectTimeout, executor);
        this.silence = silence;
    }

    /** The answer, whatever its status; its body must be closed. */
    public HttpResponse<InputStream> send(RegistryHost host, Request request) throws HostFailure, InterruptedException {
        Request current = request;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<InputStream> response = sendOnce(host, current);
            Optional<URI> target = redirect(response);
            if (target.isEmpty() || request.method() == Request.Method.POST) {
                return response;
            }
            closeQuietly(response.body());
            if (redirects == MOST_REDIRECTS) {
                throw HostFailure.lasting(HostFailure.Kind.REFUSED, "more than " + MOST_REDIRECTS + " redirects");
            }
            current = redirected(request, current.uri(), target.get());
        }
    }

    private static Request redirected(Request original, URI from, URI target) throws HostFailure {
        Request next = original.at(target);
        if ("https".equals(from.getScheme()) && !"https".equals(target.getScheme())) {
            throw HostFailure.lasting(
                    HostFailure.Kind.REFUSED, "it redirects from https to " + next.place() + ", which is refused");
        }
        return sameHost(original.uri(), target) ? next.with(original.authorization()) : next;
    }

    private HttpResponse<InputStream> sendOnce(RegistryHost host, Request request)
            throws HostFailure, InterruptedException {
        Optional<HttpProxy> proxy = proxy(host, request);
        try {
            HttpResponse<InputStream> response =
                    clients.of(host).send(wire(host, request, proxy), _ -> new StallGuardedBody(silence));
            if (response.statusCode() == 407) {
                throw HostFailure.lasting(
                        HostFailure.Kind.UNREACHABLE,
                        "its proxy " + proxy.map(Object::toString).orElse("") + " wants other credentials");
            }
            return response;
        } catch (IOException e) {
            throw NetworkFailure.of(e, proxy, clients.connectTimeout(host), silence);
        } catch (IllegalArgumentException e) {
            throw HostFailure.lasting(
                    HostFailure.Kind.REFUSED,
                    "the request to " + request.place() + " cannot be sent; check its headers");
        }
    }

    private Optional<HttpProxy> proxy(RegistryHost host, Request request) throws HostFailure {
        try {
            return clients.proxies(host).proxyFor(request.uri());
        } catch (Fault.InvalidArgument e) {
            throw HostFailure.lasting(HostFailure.Kind.UNREACHABLE, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private HttpRequest wire(RegistryHost host, Request request, Optional<HttpProxy> proxy) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .timeout(silence) // until the headers are there; StallGuardedBody watches over the rest
                .setHeader("User-Agent", USER_AGENT);
        request.headers().forEach(builder::setHeader);
        if (sameHost(host.root(), request.uri())) {
            host.headers().forEach((name, values) -> set(builder, name, values));
        }
        request.authorization().ifPresent(value -> builder.setHeader("Authorization", value));
        proxy.flatMap(HttpProxy::authorization).ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
        return switch (request.method()) {
            case GET -> builder.GET().build();
            case HEAD -> builder.HEAD().build();
            case POST ->
                builder.setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(request.form().orElse("")))
                        .build();
        };
    }

    private static void set(HttpRequest.Builder builder, String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i == 0) {
                builder.setHeader(name, values.get(i));
            } else {
                builder.header(name, values.get(i));
            }
        }
    }

    private static Optional<URI> redirect(HttpResponse<InputStream> response) throws HostFailure {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> Optional.of(location(response));
            default -> Optional.empty();
        };
    }

    private static URI location(HttpResponse<InputStream> response) throws HostFailure {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI target = response.request().uri().resolve(location);
            boolean http = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
            if (!location.isEmpty() && http && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the refusal, which must not quote the URL
        }
        closeQuietly(response.body());
        throw HostFailure.lasting(HostFailure.Kind.REFUSED, "it redirects to no usable URL");
    }

    private static boolean sameHost(URI a, URI b) {
        return a.getScheme().equals(b.getScheme()) && a.getHost().equalsIgnoreCase(b.getHost()) && port(a) == port(b);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // nothing more is wanted of it
        }
    }
}
