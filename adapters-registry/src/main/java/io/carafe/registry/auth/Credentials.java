package io.carafe.registry.auth;

import io.carafe.domain.image.ImageReference;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.registry.hosts.RegistryHost;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What one host may see of a pull's credentials. They are for the server that they name; where they name none, for the
 * registry of the image, which is never one of its mirrors (a mirror that wants credentials gets them by a {@code header} in
 * {@code hosts.toml}, or by credentials that name it).
 */
public sealed interface Credentials {
    record None() implements Credentials {}

    record Password(String username, String password) implements Credentials {
        String basic() {
            byte[] plain = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(plain);
        }

        @Override
        public String toString() {
            return "Password[username=" + username + "]";
        }
    }

    /** An OAuth2 refresh token, worth bearer tokens at the token server. */
    record RefreshToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "RefreshToken";
        }
    }

    /** A bearer token, shown to the registry as it is. */
    record BearerToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "BearerToken";
        }
    }

    static Credentials of(RegistryAuth auth, ImageReference reference, RegistryHost host) {
        if (!isFor(auth, reference, host)) {
            return new None();
        }
        if (auth.registryToken().filter(token -> !token.isEmpty()).isPresent()) {
            return new BearerToken(auth.registryToken().get());
        }
        if (auth.identityToken().filter(token -> !token.isEmpty()).isPresent()) {
            return new RefreshToken(auth.identityToken().get());
        }
        return auth.username().isEmpty() ? new None() : new Password(auth.username(), auth.password());
    }

    private static boolean isFor(RegistryAuth auth, ImageReference reference, RegistryHost host) {
        String registry = address(reference.registry());
        String named = auth.server()
                .filter(s -> !s.isEmpty())
                .map(Credentials::address)
                .orElse(registry);
        return named.equals(address(host.root().toString())) || (host.server() && named.equals(registry));
    }

    /** Host and port of "https://index.docker.io/v1/", "docker.io", "registry.example:443". */
    private static String address(String server) {
        String url = server.contains("://") ? server : "https://" + server;
        String text = url.replaceFirst("^[^:]+://", "").replaceFirst("/.*$", "").toLowerCase(Locale.ROOT);
        String host = url.startsWith("http:") ? text.replaceFirst(":80$", "") : text.replaceFirst(":443$", "");
        return switch (host) {
            case "docker.io", "index.docker.io", "registry-1.docker.io" -> "docker.io";
            default -> host;
        };
    }

    /** {@code text} without any secret of {@code auth}, in case that a server repeated one. */
    public static String withoutSecrets(String text, RegistryAuth auth) {
        String clean = text;
        for (String secret : List.of(
                auth.password(),
                auth.identityToken().orElse(""),
                auth.registryToken().orElse(""))) {
            clean = secret.length() < 4 ? clean : clean.replace(secret, "***");
        }
        return clean;
    }
}
