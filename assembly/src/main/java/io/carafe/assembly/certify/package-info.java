/**
 * {@code carafe-certify}: a vendor's handler, found as the daemon finds it, judged by the kit of {@code ports-tck}. Nothing else may
 * depend on this package: the kit is not on the daemon's class path. Read {@link io.carafe.assembly.certify.CarafeCertify} first.
 */
@NullMarked
package io.carafe.assembly.certify;

import org.jspecify.annotations.NullMarked;
