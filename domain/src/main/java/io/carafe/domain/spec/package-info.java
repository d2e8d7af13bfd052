/**
 * The OCI runtime specification as records, and the pure factories that make one from a container's configuration. Component
 * names are those of config.json, so the records can be written out as they are; an empty Optional, list or map is left out.
 * Read {@link io.carafe.domain.spec.OciSpec} first, then the factories. Source: runtime-spec v1.0.2 config.md,
 * config-linux.md.
 */
@NullMarked
package io.carafe.domain.spec;

import org.jspecify.annotations.NullMarked;
