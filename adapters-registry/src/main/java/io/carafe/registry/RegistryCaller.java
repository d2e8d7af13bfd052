package io.carafe.registry;

import io.carafe.registry.auth.Access;
import io.carafe.registry.auth.TokenAuthenticator;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.http.HostFailure;
import io.carafe.registry.http.RegistryHttp;
import io.carafe.registry.http.Request;
import io.carafe.registry.http.Responses;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** One request to one host: the URL, the credentials, and what an answer's status means. */
final class RegistryCaller {
    private final RegistryHttp http;
    private final TokenAuthenticator authenticator;
    private final InstantSource clock;

    RegistryCaller(RegistryHttp http, TokenAuthenticator authenticator, InstantSource clock) {
        this.http = http;
        this.authenticator = authenticator;
        this.clock = clock;
    }

    /**
     * The answer with status 2xx; its body must be closed.
     *
     * @param path below the repository, such as "manifests/latest"
     */
    HttpResponse<InputStream> call(
            RegistryHost host, Pull pull, Request.Method method, String path, Map<String, String> headers)
            throws HostFailure, InterruptedException {
        Access access = pull.at(host);
        Request request = new Request(
                method,
                url(host, pull, path),
                headers,
                hasOwnCredentials(host) ? Optional.empty() : authenticator.known(access),
                Optional.empty());
        HttpResponse<InputStream> response = http.send(host, request);
        if (response.statusCode() == 401 && !hasOwnCredentials(host)) {
            Responses.discard(response);
            String answer = authenticator.answer(
                    access, response.headers().allValues("WWW-Authenticate"), request.authorization());
            response = http.send(host, request.with(Optional.of(answer)));
        }
        if (response.statusCode() / 100 != 2) {
            throw Responses.refusal(response, clock.instant());
        }
        return response;
    }

    /** A mirror is told which registry is meant. Source: containerd docs/hosts.md, the parameter "ns". */
    private static URI url(RegistryHost host, Pull pull, String path) {
        String registry = pull.reference().registry();
        String query = host.isMirrorOf(registry) ? "?ns=" + URLEncoder.encode(registry, StandardCharsets.UTF_8) : "";
        return URI.create(host.root() + "/" + pull.reference().repository() + "/" + path + query);
    }

    private static boolean hasOwnCredentials(RegistryHost host) {
        return host.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
    }
}
