/**
 * Who can serve: the providers on the class path and those in vendors' JARs, each JAR in a class loader of its own that sees the
 * JDK, {@code io.carafe.domain} and {@code io.carafe.ports} and nothing else of ours.
 *
 * <p>Read {@link io.carafe.assembly.discovery.ProviderCatalog} first. Nothing here stops the daemon: what cannot be used is listed
 * with the reason.
 */
@NullMarked
package io.carafe.assembly.discovery;

import org.jspecify.annotations.NullMarked;
