/**
 * Client of conmon, the process that holds a container's streams, writes its log and keeps its exit code, whatever becomes of the
 * daemon. Read {@link io.carafe.oci.conmon.Conmon} first, then {@link io.carafe.oci.conmon.MonitorFiles}.
 *
 * <p>Source: conmon(8) and src/conmon.c, 2.1.6 to 2.2.
 */
@NullMarked
package io.carafe.oci.conmon;

import org.jspecify.annotations.NullMarked;
