/**
 * Handlers driven by a shim (containerd's shim v2): Kata, and any other. Read {@link io.carafe.kata.ShimHandler} first, then {@link
 * io.carafe.kata.ShimTasks}.
 *
 * <p>Shape: below the run directory {@code sandboxes/ID} is a pod's shim and sandbox container, {@code containers/ID} a container, both
 * bundles with all that is kept of one; {@code runc} is the state of runc where the shim drives it. Nothing survives a reboot.
 *
 * <p>Streams are FIFOs between shim and daemon. While no daemon reads them, a container that writes more than some 128 KiB stands still
 * until one does; nothing is lost. That is how shims are, and the reason why runc has a handler without one.
 */
@NullMarked
package io.carafe.kata;

import org.jspecify.annotations.NullMarked;
