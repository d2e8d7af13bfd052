package io.carafe.conformance.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** A registry over plain http that takes pushes (OCI distribution-spec, "Pushing blobs" and "Pushing manifests"). */
final class TestRegistry implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String host;
    private final String authorization;

    /** An open registry at {@code host:port}. */
    TestRegistry(String host) {
        this.host = host;
        this.authorization = "";
    }

    /** A registry that wants basic authentication. */
    TestRegistry(String host, String user, String password) {
        this.host = host;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    String host() {
        return host;
    }

    void push(BuiltImage image, String repository, String... tags) {
        for (var blob : image.blobs()) {
            push(blob, repository);
        }
        for (var child : image.manifests()) {
            put(child, repository, child.digest());
        }
        for (var tag : tags) {
            put(image.manifest(), repository, tag);
        }
    }

    private void push(Blob blob, String repository) {
        var present = send(request("/v2/%s/blobs/%s".formatted(repository, blob.digest()))
                .method("HEAD", BodyPublishers.noBody())
                .build());
        if (present.statusCode() == 200) {
            return;
        }
        var upload = expect(
                202,
                request("/v2/%s/blobs/uploads/".formatted(repository))
                        .POST(BodyPublishers.noBody())
                        .build());
        var location = upload.headers()
                .firstValue("Location")
                .orElseThrow(
                        () -> new IllegalStateException("registry " + host + " opened an upload without Location"));
        var target = URI.create("http://" + host).resolve(location).toString();
        var separator = target.contains("?") ? "&" : "?";
        expect(
                201,
                authorized(HttpRequest.newBuilder(URI.create(target + separator + "digest=" + blob.digest())))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(blob.bytes()))
                        .build());
    }

    private void put(Blob manifest, String repository, String tag) {
        expect(
                201,
                request("/v2/%s/manifests/%s".formatted(repository, tag))
                        .header("Content-Type", manifest.mediaType())
                        .PUT(BodyPublishers.ofByteArray(manifest.bytes()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return authorized(HttpRequest.newBuilder(URI.create("http://" + host + path)));
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> expect(int status, HttpRequest request) {
        var response = send(request);
        if (response.statusCode() != status) {
            throw new IllegalStateException("%s %s: expected status %d, got %d: %s"
                    .formatted(request.method(), request.uri(), status, response.statusCode(), response.body()));
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s %s: no answer; is the registry up and plain http?".formatted(request.method(), request.uri()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pushing to " + host, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
