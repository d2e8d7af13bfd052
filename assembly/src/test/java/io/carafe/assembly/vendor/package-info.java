/** Vendors' JARs, built from source as a vendor would. */
@NullMarked
package io.carafe.assembly.vendor;

import org.jspecify.annotations.NullMarked;
