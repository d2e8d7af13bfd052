/**
 * HTTP as registries need it, on the JDK's client: redirects that lose credentials, proxies, certificates, a limit on
 * silence instead of one on the whole transfer. Read {@link io.carafe.registry.http.RegistryHttp} first.
 */
@NullMarked
package io.carafe.registry.http;

import org.jspecify.annotations.NullMarked;
