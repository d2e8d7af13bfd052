/**
 * Processes of the host: who they are, whether they live, how they are told to end.
 *
 * <p>Read {@link io.carafe.linux.process.ProcessTable} first. A process is always meant by pid and start time, because pids
 * are used again.
 */
@NullMarked
package io.carafe.linux.process;

import org.jspecify.annotations.NullMarked;
