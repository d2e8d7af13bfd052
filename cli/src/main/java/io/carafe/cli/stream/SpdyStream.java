package io.carafe.cli.stream;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One stream of a connection. Closing {@link #output} tells the other side that this was all. */
public final class SpdyStream {
    private static final int WAITING = 32;
    private static final byte[] END = new byte[0];

    private final SpdyConnection connection;
    private final int id;
    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(WAITING);
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private volatile boolean ended;
    private volatile Optional<String> failure = Optional.empty();

    SpdyStream(SpdyConnection connection, int id) {
        this.connection = connection;
        this.id = id;
    }

    int id() {
        return id;
    }

    public InputStream input() {
        return input;
    }

    public OutputStream output() {
        return output;
    }

    /** Gives it up in both directions. */
    public void reset() throws IOException {
        connection.send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL));
        fail("given up");
    }

    void received(byte[] bytes, boolean last) throws InterruptedException {
        if (bytes.length > 0 && !ended) {
            chunks.put(bytes);
        }
        if (last) {
            end();
        }
    }

    /** What has come stays readable; then there is an exception. */
    void fail(String why) {
        if (!ended) {
            failure = Optional.of(why);
            end();
        }
    }

    private void end() {
        ended = true;
        // wakes a reader that waits; one that does not will see the flag
        var _ = chunks.offer(END);
    }

    private final class Input extends InputStream {
        private byte[] current = END;
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (at == current.length) {
                current = take();
                at = 0;
                if (current.length == 0) {
                    if (failure.isPresent()) {
                        throw new IOException(failure.get());
                    }
                    return -1;
                }
            }
            int part = Math.min(length, current.length - at);
            System.arraycopy(current, at, bytes, offset, part);
            at += part;
            return part;
        }

        private byte[] take() throws IOException {
            try {
                byte[] chunk = ended ? chunks.poll() : chunks.take();
                return chunk == null ? END : chunk;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
        }
    }

    private final class Output extends OutputStream {
        private boolean closed;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            connection.send(new DefaultSpdyDataFrame(id, Unpooled.copiedBuffer(bytes, offset, length)));
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                connection.send(new DefaultSpdyDataFrame(id, Unpooled.EMPTY_BUFFER).setLast(true));
            }
        }
    }
}
