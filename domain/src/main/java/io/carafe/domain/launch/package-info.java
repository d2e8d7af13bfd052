/**
 * Pure factories: from a container's or a pod's configuration, its image and the host's facts to the OCI spec that launches
 * it. Read {@link io.carafe.domain.launch.ContainerSpecFactory} first, then the class of one concern. All that needs a look at
 * the host (resolved mount sources, devices, /etc/passwd) is in the request. Apart from {@link io.carafe.domain.spec} because
 * it reads the records of container and sandbox, which themselves hold spec records. Source: CRI v1, runtime-spec v1.0.2.
 */
@NullMarked
package io.carafe.domain.launch;

import org.jspecify.annotations.NullMarked;
