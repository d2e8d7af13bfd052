/**
 * Sockets and pipes that the JDK lacks: SOCK_SEQPACKET, unix datagrams, FIFOs that are opened without waiting for the other
 * side, and addresses longer than a unix socket's 108 bytes.
 *
 * <p>Read {@link io.carafe.linux.socket.SeqPacketSocket} first. All may be used on virtual threads.
 */
@NullMarked
package io.carafe.linux.socket;

import org.jspecify.annotations.NullMarked;
