/**
 * The executable that keeps a pod's PID namespace alive. Read {@link io.carafe.linux.pause.PauseExecutable} first.
 */
@NullMarked
package io.carafe.linux.pause;

import org.jspecify.annotations.NullMarked;
