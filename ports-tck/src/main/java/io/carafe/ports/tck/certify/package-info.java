/**
 * The kits of a handler as a program runs them: all of them against one {@link io.carafe.ports.tck.runtime.HandlerKit}, with a
 * certificate as the result. {@code bin/carafe-certify} of the distribution is that program; read {@link
 * io.carafe.ports.tck.certify.Certification} first.
 */
@NullMarked
package io.carafe.ports.tck.certify;

import org.jspecify.annotations.NullMarked;
