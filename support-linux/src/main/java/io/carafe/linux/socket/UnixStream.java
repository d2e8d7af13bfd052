package io.carafe.linux.socket;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;

/**
 * A connected unix socket of bytes, such as a shim's ttrpc socket.
 *
 * <p>Concurrency: one reader, one writer and a closer may be three threads, virtual ones too. {@link #close} ends a waiting read, which
 * then answers -1; an interrupt ends a wait and leaves the stream open.
 */
public final class UnixStream implements ByteChannel {
    private final UnixSocketChannel channel;
    private final SharedSocket socket;

    private UnixStream(UnixSocketChannel channel, Readiness readiness) {
        this.channel = channel;
        this.socket = new SharedSocket(Fd.owning(channel.getFD()), readiness);
    }

    /**
     * Connects to a listening socket; {@code path} may be of any length.
     *
     * @throws IOException if nobody listens there
     */
    public static UnixStream connect(Path path, Readiness readiness) throws IOException {
        try (ShortPath shortPath = ShortPath.of(path)) {
            UnixSocketChannel channel = UnixSocketChannel.open(
                    new UnixSocketAddress(shortPath.path().toFile()));
            channel.configureBlocking(false);
            return new UnixStream(channel, readiness);
        }
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        if (!buffer.hasRemaining()) {
            return 0;
        }
        return call(Readiness.Interest.READ, () -> {
                    int length = channel.read(buffer);
                    return length == 0 ? Optional.empty() : Optional.of(length);
                })
                .orElse(-1);
    }

    /** Writes all of {@code buffer}. */
    @Override
    public int write(ByteBuffer buffer) throws IOException {
        int total = buffer.remaining();
        return call(Readiness.Interest.WRITE, () -> {
                    while (buffer.hasRemaining() && channel.write(buffer) > 0) {}
                    return buffer.hasRemaining() ? Optional.empty() : Optional.of(total);
                })
                .orElseThrow(ClosedChannelException::new);
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close(() -> {
            channel.shutdownInput();
            channel.shutdownOutput();
        });
    }

    private <T> Optional<T> call(Readiness.Interest interest, SharedSocket.Attempt<T, IOException> attempt)
            throws IOException {
        try {
            return socket.call(interest, attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new ClosedByInterruptException().initCause(e);
        }
    }
}
