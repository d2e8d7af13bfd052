/**
 * What a daemon does with the streams of processes that it does not monitor by conmon: the log, and carrying output to clients. Read
 * {@link io.carafe.oci.stdio.OutputPump} first.
 */
@NullMarked
package io.carafe.oci.stdio;

import org.jspecify.annotations.NullMarked;
