/**
 * The OCI runtime specification as records; {@code io.carafe.domain.launch} makes them from a configuration. Component
 * names are those of config.json, so the records can be written out as they are; an empty Optional, list or map is left out.
 * Read {@link io.carafe.domain.spec.OciSpec} first. Source: runtime-spec v1.0.2 config.md,
 * config-linux.md.
 */
@NullMarked
package io.carafe.domain.spec;

import org.jspecify.annotations.NullMarked;
