/**
 * Streams between a client and a process or a port of a pod: who may open one ({@link
 * io.carafe.application.stream.StreamTickets}, read it first), what was asked for, and how bytes are carried. Exec, Attach and
 * PortForward are beside the other calls on containers and sandboxes.
 */
@NullMarked
package io.carafe.application.stream;

import org.jspecify.annotations.NullMarked;
