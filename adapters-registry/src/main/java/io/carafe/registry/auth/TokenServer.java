package io.carafe.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carafe.registry.cache.BoundedCache;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.http.HostFailure;
import io.carafe.registry.http.RegistryHttp;
import io.carafe.registry.http.Request;
import io.carafe.registry.http.Responses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Gets bearer tokens: by GET with the user's password, or with nothing for what everybody may read; by POST for a refresh
 * token. They are kept until shortly before they run out.
 *
 * <p>Source: distribution docs/spec/auth/token.md, oauth.md.
 */
public final class TokenServer {
    private static final int LIMIT = 256;
    private static final int LARGEST_ANSWER = 1 << 20;

    /** What the specification says where the server does not. */
    private static final Duration DEFAULT_LIFE = Duration.ofSeconds(60);

    /** A token is not used in its last seconds, so that it does not run out on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final String CLIENT_ID = "carafe";

    private final RegistryHttp http;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();
    private final BoundedCache<TokenRequest, Token> tokens = new BoundedCache<>(LIMIT);

    private record Token(String value, Instant until) {
        @Override
        public String toString() {
            return "Token[until=" + until + "]";
        }
    }

    public TokenServer(RegistryHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    Optional<String> remembered(TokenRequest request) {
        return tokens.get(request)
                .filter(token -> token.until().isAfter(clock.instant()))
                .map(Token::value);
    }

    void forget(TokenRequest request) {
        tokens.remove(request);
    }

    /** @param host whose challenge it was: the token server is reached with its certificates and its proxy */
    String fetch(RegistryHost host, TokenRequest wanted) throws HostFailure, InterruptedException {
        URI realm = wanted.realm();
        if (!host.isPlainHttp() && "http".equals(realm.getScheme())) {
            throw HostFailure.lasting(
                    HostFailure.Kind.DENIED,
                    "its token server " + place(realm) + " is plain http, where credentials would be open to all");
        }
        try {
            HttpResponse<InputStream> response = http.send(host, request(wanted));
            if (response.statusCode() != 200) {
                throw Responses.refusal(response, clock.instant());
            }
            Token token = token(Responses.body(response, LARGEST_ANSWER));
            tokens.put(wanted, token);
            return token.value();
        } catch (HostFailure failure) {
            throw failure.at("its token server " + place(realm));
        }
    }

    private static Request request(TokenRequest wanted) {
        return switch (wanted.credentials()) {
            case Credentials.RefreshToken(String token) -> Request.post(wanted.realm(), form(wanted, token));
            case Credentials.Password password -> get(wanted).with(Optional.of(password.basic()));
            case Credentials.None _, Credentials.BearerToken _ -> get(wanted);
        };
    }

    private static Request get(TokenRequest wanted) {
        String query = (wanted.service().isEmpty() ? "" : "service=" + encoded(wanted.service()) + "&") + "scope="
                + encoded(wanted.scope());
        String realm = wanted.realm().toString();
        return Request.get(URI.create(realm + (realm.indexOf('?') < 0 ? "?" : "&") + query), Map.of());
    }

    private static String form(TokenRequest wanted, String refreshToken) {
        return "grant_type=refresh_token&refresh_token=" + encoded(refreshToken) + "&client_id=" + CLIENT_ID
                + "&service=" + encoded(wanted.service()) + "&scope=" + encoded(wanted.scope());
    }

    private Token token(byte[] answer) throws HostFailure {
        JsonNode root;
        try {
            root = json.readTree(answer);
        } catch (IOException e) {
            throw HostFailure.lasting(HostFailure.Kind.REFUSED, "it answered with something that is not JSON");
        }
        String value = root.path("token").asText(root.path("access_token").asText(""));
        if (value.isEmpty() || !value.matches("[!-~]+")) {
            throw HostFailure.lasting(HostFailure.Kind.REFUSED, "it answered without a usable token");
        }
        long seconds = root.path("expires_in").asLong(0);
        Duration life = seconds > 0 ? Duration.ofSeconds(seconds) : DEFAULT_LIFE;
        return new Token(value, clock.instant().plus(life).minus(MARGIN));
    }

    private static String place(URI realm) {
        return realm.getScheme() + "://" + realm.getRawAuthority();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
