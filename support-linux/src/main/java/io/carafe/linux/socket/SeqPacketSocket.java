package io.carafe.linux.socket;

import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET_CLOEXEC = 5 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private final Fd fd;
    private final Path path;
    private final SharedSocket socket;

    private SeqPacketSocket(Fd fd, Path path, Readiness readiness) {
        this.fd = fd;
        this.path = path;
        this.socket = new SharedSocket(fd, readiness);
    }

    /** Connects to a listening socket; {@code path} may be of any length. */
    public static SeqPacketSocket connect(Path path, Readiness readiness) {
        Fd fd = Fd.owning(Kernel.check(Kernel.libc().socket(AF_UNIX, SOCK_SEQPACKET_CLOEXEC, 0), "socket", "AF_UNIX"));
        try (ShortPath shortPath = ShortPath.of(path)) {
            byte[] name = CString.of(shortPath.path());
            byte[] address = ByteBuffer.allocate(Short.BYTES + name.length)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) AF_UNIX)
                    .put(name)
                    .array();
            Kernel.check(Kernel.libc().connect(fd.number(), address, address.length), "connect", path);
            return new SeqPacketSocket(fd, path, readiness);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Sends one packet, waiting while the other side does not read.
     *
     * @throws LinuxException EPIPE if the other side or this socket is closed
     */
    public void send(byte[] packet) throws InterruptedException {
        Optional<Long> sent = socket.call(
                Readiness.Interest.WRITE,
                () -> answered(
                        Kernel.libc().send(fd.number(), packet, packet.length, MSG_DONTWAIT | MSG_NOSIGNAL), "send"));
        if (sent.isEmpty()) {
            throw new LinuxException("send", Errno.EPIPE, path + " is closed");
        }
    }

    /**
     * Waits for a packet; empty when the other side has closed or this socket was closed. A packet of more than {@code limit} bytes is
     * cut off there.
     */
    public Optional<byte[]> receive(int limit) throws InterruptedException {
        byte[] buffer = new byte[limit];
        return socket.call(Readiness.Interest.READ, () -> {
                    long received = Kernel.libc().recv(fd.number(), buffer, limit, MSG_DONTWAIT);
                    // packets that the other side had not read when it closed: an end like any other
                    return received < 0 && Kernel.lastError() == Errno.ECONNRESET
                            ? Optional.of(0L)
                            : answered(received, "recv");
                })
                .filter(length -> length > 0)
                .map(length -> Arrays.copyOf(buffer, length.intValue()));
    }

    /** Tells the other side that nothing more will be sent; receiving goes on. Idempotent. */
    public void shutdownOutput() {
        socket.ifOpen(() -> Kernel.libc().shutdown(fd.number(), SHUT_WR));
    }

    @Override
    public void close() {
        socket.close(() -> Kernel.libc().shutdown(fd.number(), SHUT_RDWR));
    }

    private Optional<Long> answered(long result, String call) {
        if (result >= 0) {
            return Optional.of(result);
        }
        Errno errno = Kernel.lastError();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return Optional.empty();
        }
        throw new LinuxException(call, errno, path.toString());
    }
}
