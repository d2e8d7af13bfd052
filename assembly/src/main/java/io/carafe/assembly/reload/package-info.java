/**
 * Taking up another configuration and other adapters while the daemon runs. A reading of both becomes a table of handlers, which
 * takes the place of the one before as a whole; one that is wrong changes nothing. Read
 * {@link io.carafe.assembly.reload.Reload} first.
 */
@NullMarked
package io.carafe.assembly.reload;

import org.jspecify.annotations.NullMarked;
