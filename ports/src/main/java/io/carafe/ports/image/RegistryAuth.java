package io.carafe.ports.image;

import java.util.Optional;

/**
 * Credentials for one pull. Source: CRI AuthConfig.
 *
 * @param server the registry they are for; empty for the one that is asked
 * @param identityToken an OAuth2 refresh token
 * @param registryToken a bearer token, sent as it is
 */
public record RegistryAuth(
        String username,
        String password,
        Optional<String> server,
        Optional<String> identityToken,
        Optional<String> registryToken) {
    public static final RegistryAuth ANONYMOUS =
            new RegistryAuth("", "", Optional.empty(), Optional.empty(), Optional.empty());

    /** Secrets stay out of logs and messages. */
    @Override
    public String toString() {
        return "RegistryAuth[username=" + username + "]";
    }
}
