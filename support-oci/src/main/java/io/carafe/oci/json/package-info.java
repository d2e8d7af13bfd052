/** How this module reads and writes JSON: records as they are. Read {@link io.carafe.oci.json.Json} first. */
@NullMarked
package io.carafe.oci.json;

import org.jspecify.annotations.NullMarked;
