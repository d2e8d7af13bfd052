/** The directory an OCI runtime is given. Read {@link io.carafe.oci.bundle.Bundle} first. Source: OCI runtime-spec, bundle.md. */
@NullMarked
package io.carafe.oci.bundle;

import org.jspecify.annotations.NullMarked;
