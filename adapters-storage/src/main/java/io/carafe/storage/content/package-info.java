/**
 * Reading content: image configurations and files of a container's root. Read {@code FileImageConfigs}
 * first. {@link io.carafe.storage.content.DiskFaults} translates the disk's failures for the whole module.
 */
@NullMarked
package io.carafe.storage.content;

import org.jspecify.annotations.NullMarked;
