/**
 * Mounting, unmounting and what is mounted.
 *
 * <p>Read {@link io.carafe.linux.mount.Mounts} first; {@link io.carafe.linux.mount.MountTable} tells what is there,
 * {@link io.carafe.linux.mount.OverlayMount} stacks image layers. Everything here acts on the mount namespace of this process.
 */
@NullMarked
package io.carafe.linux.mount;

import org.jspecify.annotations.NullMarked;
