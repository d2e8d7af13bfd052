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
import java.util.Optional;

/**
 * A connected unix socket.
 *
 * <p>Concurrency: one reader, one writer and a closer may be three threads, virtual ones too. {@link #close} ends a waiting receive,
 * which then answers empty; an interrupt ends a wait and leaves the connection open. Source: unix(7).
 */
final class UnixConnection implements AutoCloseable {
    static final int SOCK_STREAM = 1;
    static final int SOCK_SEQPACKET = 5;

    private static final int AF_UNIX = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private final Fd fd;
    private final Path path;
    private final SharedSocket socket;

    private UnixConnection(Fd fd, Path path, Readiness readiness) {
        this.fd = fd;
        this.path = path;
        this.socket = new SharedSocket(fd, readiness);
    }

    /** Connects to a listening socket; {@code path} may be of any length. */
    static UnixConnection to(Path path, int type, Readiness readiness) {
        Fd fd = Fd.owning(Kernel.check(Kernel.libc().socket(AF_UNIX, type | SOCK_CLOEXEC, 0), "socket", "AF_UNIX"));
        try (ShortPath shortPath = ShortPath.of(path)) {
            byte[] name = CString.of(shortPath.path());
            byte[] address = ByteBuffer.allocate(Short.BYTES + name.length)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) AF_UNIX)
                    .put(name)
                    .array();
            Kernel.check(Kernel.libc().connect(fd.number(), address, address.length), "connect", path);
            return new UnixConnection(fd, path, readiness);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Sends once, waiting while the other side does not read: a whole packet, or some bytes of a stream, whose number is the answer;
     * empty if this connection is closed.
     *
     * @throws LinuxException EPIPE if the other side is closed
     */
    Optional<Integer> send(byte[] bytes) throws InterruptedException {
        return socket.call(
                Readiness.Interest.WRITE,
                () -> answered(
                        Kernel.libc().send(fd.number(), bytes, bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL), "send"));
    }

    /**
     * Waits for what comes next: a packet, cut off where the buffer ends, or some bytes of a stream. Answers their number, 0 when the
     * other side has closed, also with packets in its buffers that it had not read; empty when this connection was closed.
     */
    Optional<Integer> receive(byte[] buffer) throws InterruptedException {
        return socket.call(Readiness.Interest.READ, () -> {
            long received = Kernel.libc().recv(fd.number(), buffer, buffer.length, MSG_DONTWAIT);
            return received < 0 && Kernel.lastError() == Errno.ECONNRESET ? Optional.of(0) : answered(received, "recv");
        });
    }

    /** Tells the other side that nothing more will be sent; receiving goes on. Idempotent. */
    void shutdownOutput() {
        socket.ifOpen(() -> Kernel.libc().shutdown(fd.number(), SHUT_WR));
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        socket.close(() -> Kernel.libc().shutdown(fd.number(), SHUT_RDWR));
    }

    private Optional<Integer> answered(long result, String call) {
        if (result >= 0) {
            return Optional.of((int) result);
        }
        Errno errno = Kernel.lastError();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return Optional.empty();
        }
        throw new LinuxException(call, errno, path.toString());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
