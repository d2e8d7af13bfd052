package io.carafe.registry.auth;

import io.carafe.registry.cache.BoundedCache;
import io.carafe.registry.http.HostFailure;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Answers challenges, and remembers them and the tokens they led to, so that later requests are right at the first try.
 *
 * <p>Concurrency: safe. Tokens are kept per realm, service, scope and credentials: what one pull may see, another one with
 * other credentials may not.
 */
public final class TokenAuthenticator {
    private static final int LIMIT = 256;

    private final TokenServer server;
    private final BoundedCache<Place, Challenge> challenges = new BoundedCache<>(LIMIT);

    private record Place(URI root, String repository) {}

    public TokenAuthenticator(TokenServer server) {
        this.server = server;
    }

    /** What to send with a request before anything was asked for; empty when nothing is known yet. */
    public Optional<String> known(Access access) {
        if (access.credentials() instanceof Credentials.BearerToken(String token)) {
            return Optional.of("Bearer " + token);
        }
        return challenges.get(place(access)).flatMap(challenge -> switch (challenge.scheme()) {
            case "bearer" ->
                tokenRequest(access, challenge).flatMap(server::remembered).map(t -> "Bearer " + t);
            case "basic" -> basic(access);
            default -> Optional.empty();
        });
    }

    /**
     * What to send after a 401.
     *
     * @param headers WWW-Authenticate of the answer
     * @param refused what was sent, where anything was
     * @throws HostFailure if there is nothing (else) to send, or the token server refuses
     */
    public String answer(Access access, List<String> headers, Optional<String> refused)
            throws HostFailure, InterruptedException {
        if (access.credentials() instanceof Credentials.BearerToken) {
            throw denied("401: it refuses the registry token");
        }
        List<Challenge> asked = Challenges.parse(headers);
        Optional<Challenge> bearer = first(asked, "bearer");
        if (bearer.isPresent()) {
            return bearer(access, bearer.get(), refused);
        }
        if (first(asked, "basic").isEmpty()) {
            throw denied("401: it asks for " + schemes(asked) + ", where Basic and Bearer can be answered");
        }
        String answer = basic(access)
                .orElseThrow(() -> denied(
                        switch (access.credentials()) {
                            case Credentials.RefreshToken _ ->
                                "401: it takes user name and password, not an identity token";
                            default -> "401: it asks for credentials, and none were given for it";
                        }));
        if (refused.filter(answer::equals).isPresent()) {
            throw denied("401: it refuses user name and password");
        }
        challenges.put(place(access), first(asked, "basic").get());
        return answer;
    }

    private String bearer(Access access, Challenge challenge, Optional<String> refused)
            throws HostFailure, InterruptedException {
        TokenRequest request = tokenRequest(access, challenge)
                .orElseThrow(() -> denied("401: its challenge names no usable token server (realm)"));
        Optional<String> remembered = server.remembered(request);
        // another thread may have got a new one meanwhile
        if (remembered.isPresent()
                && refused.filter(("Bearer " + remembered.get())::equals).isEmpty()) {
            return "Bearer " + remembered.get();
        }
        server.forget(request);
        String token = server.fetch(access.host(), request);
        challenges.put(place(access), challenge);
        return "Bearer " + token;
    }

    private static Optional<TokenRequest> tokenRequest(Access access, Challenge challenge) {
        String scope = challenge.parameter("scope").orElse("repository:" + access.repository() + ":pull");
        return challenge
                .parameter("realm")
                .flatMap(TokenAuthenticator::realm)
                .map(realm -> new TokenRequest(
                        realm, challenge.parameter("service").orElse(""), scope, access.credentials()));
    }

    private static Optional<URI> realm(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return Optional.of(uri).filter(u -> http && u.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> basic(Access access) {
        return access.credentials() instanceof Credentials.Password password
                ? Optional.of(password.basic())
                : Optional.empty();
    }

    private static Optional<Challenge> first(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
    }

    private static String schemes(List<Challenge> challenges) {
        return challenges.isEmpty()
                ? "credentials in no known way"
                : String.join(", ", challenges.stream().map(Challenge::scheme).toList());
    }

    private static Place place(Access access) {
        return new Place(access.host().root(), access.repository());
    }

    private static HostFailure denied(String why) {
        return HostFailure.lasting(HostFailure.Kind.DENIED, why);
    }
}
