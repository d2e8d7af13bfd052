/**
 * A daemon's life around what it serves: its directories, the lock that makes it the only one, the service manager's
 * notices, the signals that end it. Read {@link io.carafe.assembly.daemon.Daemon} first.
 */
@NullMarked
package io.carafe.assembly.daemon;

import org.jspecify.annotations.NullMarked;
