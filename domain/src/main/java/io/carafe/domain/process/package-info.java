/** Signals, exit statuses and the identity of a process. Read {@link io.carafe.domain.process.ExitStatus} first. */
@NullMarked
package io.carafe.domain.process;

import org.jspecify.annotations.NullMarked;
