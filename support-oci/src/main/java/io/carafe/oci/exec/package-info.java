/**
 * Commands in running containers: one whose output is captured, one with streams under a conmon of its own. Read {@link
 * io.carafe.oci.exec.CapturedExec} first.
 */
@NullMarked
package io.carafe.oci.exec;

import org.jspecify.annotations.NullMarked;
