package io.carafe.linux.socket;

import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.poll.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A connected unix socket of bytes, such as a shim's ttrpc socket.
 *
 * <p>Not jnr-unixsocket's channel: that one takes locks between a call and the look at its error number. A virtual thread that has to
 * wait there goes on by another carrier, reads the number of another thread's call, and takes "nothing there yet" for a broken
 * connection.
 *
 * <p>Concurrency: one reader, one writer and a closer may be three threads, virtual ones too. {@link #close} ends a waiting read, which
 * then answers -1; an interrupt ends a wait and leaves the stream open.
 */
public final class UnixStream implements ByteChannel {
    /** Of a copy on the way to or from the kernel. */
    private static final int CHUNK = 1 << 16;

    private final UnixConnection connection;

    private UnixStream(UnixConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects to a listening socket; {@code path} may be of any length.
     *
     * @throws IOException if nobody listens there, or the listener takes no connection for a while
     */
    public static UnixStream connect(Path path, Readiness readiness) throws IOException {
        return call(() -> new UnixStream(UnixConnection.to(path, UnixConnection.SOCK_STREAM, readiness)));
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        if (!buffer.hasRemaining()) {
            return 0;
        }
        byte[] chunk = new byte[Math.min(buffer.remaining(), CHUNK)];
        Optional<Integer> length = call(() -> connection.receive(chunk)).filter(received -> received > 0);
        length.ifPresent(received -> buffer.put(chunk, 0, received));
        return length.orElse(-1);
    }

    /** Writes all of {@code buffer}. */
    @Override
    public int write(ByteBuffer buffer) throws IOException {
        int total = buffer.remaining();
        while (buffer.hasRemaining()) {
            byte[] chunk = new byte[Math.min(buffer.remaining(), CHUNK)];
            buffer.get(buffer.position(), chunk);
            int sent = call(() -> connection.send(chunk)).orElseThrow(ClosedChannelException::new);
            buffer.position(buffer.position() + sent);
        }
        return total;
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() {
        connection.close();
    }

    private interface Call<T> {
        T run() throws InterruptedException;
    }

    private static <T> T call(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new ClosedByInterruptException().initCause(e);
        }
    }
}
