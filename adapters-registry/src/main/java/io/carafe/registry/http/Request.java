package io.carafe.registry.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a registry or to its token server.
 *
 * @param headers follow redirects to other hosts
 * @param authorization a secret; does not follow them
 * @param form body of a POST, url-encoded; empty for GET and HEAD
 */
public record Request(
        Method method, URI uri, Map<String, String> headers, Optional<String> authorization, Optional<String> form) {
    public enum Method {
        GET,
        HEAD,
        POST
    }

    public Request {
        headers = Map.copyOf(headers);
    }

    public static Request get(URI uri, Map<String, String> headers) {
        return new Request(Method.GET, uri, headers, Optional.empty(), Optional.empty());
    }

    public static Request head(URI uri, Map<String, String> headers) {
        return new Request(Method.HEAD, uri, headers, Optional.empty(), Optional.empty());
    }

    public static Request post(URI uri, String form) {
        return new Request(Method.POST, uri, Map.of(), Optional.empty(), Optional.of(form));
    }

    public Request with(Optional<String> newAuthorization) {
        return new Request(method, uri, headers, newAuthorization, form);
    }

    Request at(URI newUri) {
        return new Request(method, newUri, headers, Optional.empty(), form);
    }

    /** Where it goes, without the query: signed URLs have secrets there. */
    String place() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** Secrets stay out of logs and messages. */
    @Override
    public String toString() {
        return method + " " + place();
    }
}
