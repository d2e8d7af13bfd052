/**
 * Who we say we are: which credentials a host may see, challenges, tokens. Read {@link
 * io.carafe.registry.auth.TokenAuthenticator} first. Source: RFC 9110 section 11, the distribution project's token
 * authentication specification.
 */
@NullMarked
package io.carafe.registry.auth;

import org.jspecify.annotations.NullMarked;
