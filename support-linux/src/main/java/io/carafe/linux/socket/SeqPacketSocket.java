package io.carafe.linux.socket;

import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A connected unix socket of packets, such as conmon's attach socket: what is sent by one call is received by one call.
 *
 * <p>Concurrency: one reader, one writer and a closer may be three threads, virtual ones too; {@link #close} ends a waiting receive,
 * which then answers the end. Source: unix(7), SOCK_SEQPACKET.
 */
public final class SeqPacketSocket implements AutoCloseable {
    private final UnixConnection connection;

    private SeqPacketSocket(UnixConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects to a listening socket; {@code path} may be of any length.
     *
     * @throws LinuxException if nobody listens there, or ETIMEDOUT if the listener takes no connection
     */
    public static SeqPacketSocket connect(Path path, Readiness readiness) throws InterruptedException {
        return new SeqPacketSocket(UnixConnection.to(path, UnixConnection.SOCK_SEQPACKET, readiness));
    }

    /**
     * Sends one packet, waiting while the other side does not read.
     *
     * @throws LinuxException EPIPE if the other side or this socket is closed
     */
    public void send(byte[] packet) throws InterruptedException {
        if (connection.send(packet).isEmpty()) {
            throw new LinuxException("send", Errno.EPIPE, connection + " is closed");
        }
    }

    /**
     * Waits for a packet; empty when the other side has closed or this socket was closed. A packet of more than {@code limit} bytes is
     * cut off there.
     */
    public Optional<byte[]> receive(int limit) throws InterruptedException {
        byte[] buffer = new byte[limit];
        return connection.receive(buffer).filter(length -> length > 0).map(length -> Arrays.copyOf(buffer, length));
    }

    /** Tells the other side that nothing more will be sent; receiving goes on. Idempotent. */
    public void shutdownOutput() {
        connection.shutdownOutput();
    }

    @Override
    public void close() {
        connection.close();
    }
}
