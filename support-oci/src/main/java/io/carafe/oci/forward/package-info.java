/** Connections to the ports of pods. Read {@link io.carafe.oci.forward.PodSocket} first. */
@NullMarked
package io.carafe.oci.forward;

import org.jspecify.annotations.NullMarked;
