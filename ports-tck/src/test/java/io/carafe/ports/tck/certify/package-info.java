/** The certificate itself; that the kits run is for those who pass them. */
@NullMarked
package io.carafe.ports.tck.certify;

import org.jspecify.annotations.NullMarked;
