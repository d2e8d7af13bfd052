/**
 * The domain's OCI records as the runtime spec's files. Read {@link io.carafe.oci.spec.SpecJson} first. Source: OCI runtime-spec
 * v1.0.2, config.md and config-linux.md.
 */
@NullMarked
package io.carafe.oci.spec;

import org.jspecify.annotations.NullMarked;
