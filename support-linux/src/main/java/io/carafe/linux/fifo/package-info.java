/**
 * Named pipes that two programs share over one's restart. Read {@link io.carafe.linux.fifo.FifoReader} first; {@link
 * io.carafe.linux.socket.Fifo} makes them.
 */
@NullMarked
package io.carafe.linux.fifo;

import org.jspecify.annotations.NullMarked;
