package io.carafe.registry.auth;

import java.net.URI;

/**
 * What a bearer token is asked for.
 *
 * @param realm URL of the token server
 * @param service name of the registry, as the token server knows it; may be empty
 * @param scope such as "repository:library/busybox:pull"
 */
record TokenRequest(URI realm, String service, String scope, Credentials credentials) {}
