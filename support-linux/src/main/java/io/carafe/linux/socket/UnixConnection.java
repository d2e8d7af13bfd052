package io.carafe.linux.socket;

import io.carafe.domain.fault.DurationText;
import io.carafe.linux.libc.CString;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    /** For a listener that is busy or hangs to take one of the connections that wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Fd fd;
    private final Path path;
    private final SharedSocket socket;

    private UnixConnection(Fd fd, Path path, Readiness readiness) {
        this.fd = fd;
        this.path = path;
        this.socket = new SharedSocket(fd, readiness);
    }

    /**
     * Connects to a listening socket; {@code path} may be of any length. Waits a while if more connections wait for the listener than it
     * has room for.
     *
     * @throws LinuxException ETIMEDOUT if it has taken none of them meanwhile
     */
    static UnixConnection to(Path path, int type, Readiness readiness) throws InterruptedException {
        return to(path, type, readiness, PATIENCE);
    }

    static UnixConnection to(Path path, int type, Readiness readiness, Duration patience) throws InterruptedException {
        int socket = Kernel.libc().socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        Fd fd = Fd.owning(Kernel.check(socket, "socket", "AF_UNIX"));
        try {
            connect(fd, path, patience);
            return new UnixConnection(fd, path, readiness);
        } catch (LinuxException | InterruptedException e) {
            fd.close();
            throw e;
        }
    }

    /** A connect that waits in the kernel would hold a carrier of the virtual threads, and there is nothing to poll for. */
    private static void connect(Fd fd, Path path, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (ShortPath shortPath = ShortPath.of(path)) {
            byte[] name = CString.of(shortPath.path());
            byte[] address = ByteBuffer.allocate(Short.BYTES + name.length)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) AF_UNIX)
                    .put(name)
                    .array();
            while (Kernel.libc().connect(fd.number(), address, address.length) < 0) {
                Errno errno = Kernel.lastError();
                if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
                    throw new LinuxException("connect", errno, path.toString());
                }
                if (System.nanoTime() > deadline) {
                    throw new LinuxException(
                            "connect",
                            Errno.ETIMEDOUT,
                            path + ", whose listener has taken no connection for " + DurationText.of(patience));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /**
     * Sends once, waiting while the other side does not read: a whole packet, or some bytes of a stream, whose number is the answer;
     * empty if this connection is closed.
     *
     * @throws LinuxException EPIPE if the other side is closed
     */
    Optional<Integer> send(byte[] bytes) throws InterruptedException {
        return socket.call(Readiness.Interest.WRITE, () -> {
            long sent = Kernel.libc().send(fd.number(), bytes, bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
            return sent >= 0 ? Optional.of((int) sent) : later(Kernel.lastError(), "send");
        });
    }

    /**
     * Waits for what comes next: a packet, cut off where the buffer ends, or some bytes of a stream. Answers their number, 0 when the
     * other side has closed, also with packets in its buffers that it had not read; empty when this connection was closed.
     */
    Optional<Integer> receive(byte[] buffer) throws InterruptedException {
        return socket.call(Readiness.Interest.READ, () -> {
            long received = Kernel.libc().recv(fd.number(), buffer, buffer.length, MSG_DONTWAIT);
            if (received >= 0) {
                return Optional.of((int) received);
            }
            Errno errno = Kernel.lastError();
            return errno == Errno.ECONNRESET ? Optional.of(0) : later(errno, "recv");
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

    /** Empty if it is to be tried again. */
    private Optional<Integer> later(Errno errno, String call) {
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
