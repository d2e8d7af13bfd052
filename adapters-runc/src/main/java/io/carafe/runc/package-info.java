/**
 * The handler for runc and crun: their command line, with conmon as the monitor of each container. Read {@link
 * io.carafe.runc.RuncHandler} first, then {@link io.carafe.runc.MonitoredContainers}.
 *
 * <p>Shape: below the run directory {@code containers/ID} and {@code sandboxes/ID} are bundles with all that is kept of one, and
 * {@code runc} is the runtime's own state. Nothing survives a reboot.
 */
@NullMarked
package io.carafe.runc;

import org.jspecify.annotations.NullMarked;
