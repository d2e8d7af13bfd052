package io.carafe.cli.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A SPDY connection that this side opens streams on: Netty's codec around a plain socket.
 *
 * <p>Concurrency: streams may be used by a thread each; a thread of its own reads for all of them, and waits for a stream whose
 * reader is slow.
 */
public final class SpdyConnection implements Closeable {
    private static final int CHUNK = 32 * 1024;

    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();
    /** One each for a direction, since neither is safe for two threads. Guarded by {@link #writing}. */
    private final EmbeddedChannel encoder = codec();

    private final EmbeddedChannel decoder = codec();
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
    /** Guarded by {@link #writing}. */
    private int next = 1;

    private SpdyConnection(Socket socket) {
        this.socket = socket;
    }

    private static EmbeddedChannel codec() {
        return new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    }

    /** @throws io.carafe.cli.outcome.CommandFault if the server refuses, with its words */
    public static SpdyConnection open(URI url, String protocol) throws IOException {
        var connection = new SpdyConnection(HttpUpgrade.toSpdy(url, protocol));
        Thread.ofVirtual().name("spdy").start(connection::read);
        return connection;
    }

    public SpdyStream open(Map<String, String> headers) throws IOException {
        writing.lock();
        try {
            var stream = new SpdyStream(this, next);
            next += 2;
            streams.put(stream.id(), stream);
            var frame = new DefaultSpdySynStreamFrame(stream.id(), 0, (byte) 0);
            headers.forEach((name, value) -> frame.headers().set(name, value));
            send(frame);
            return stream;
        } finally {
            writing.unlock();
        }
    }

    void send(Object frame) throws IOException {
        writing.lock();
        try {
            encoder.writeOutbound(frame);
            for (ByteBuf bytes = encoder.readOutbound(); bytes != null; bytes = encoder.readOutbound()) {
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy).release();
                socket.getOutputStream().write(copy);
            }
        } finally {
            writing.unlock();
        }
    }

    private void read() {
        String end = "the runtime has closed the connection";
        try {
            byte[] chunk = new byte[CHUNK];
            var in = socket.getInputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                decoder.writeInbound(Unpooled.copiedBuffer(chunk, 0, n));
                for (Object frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
                    take(frame);
                }
            }
        } catch (IOException e) {
            end = Objects.requireNonNullElse(e.getMessage(), end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (var stream : streams.values()) {
                stream.fail(end);
            }
        }
    }

    private void take(Object frame) throws IOException, InterruptedException {
        try {
            switch (frame) {
                case SpdyDataFrame data -> {
                    var stream = streams.get(data.streamId());
                    if (stream != null) {
                        byte[] copy = new byte[data.content().readableBytes()];
                        data.content().readBytes(copy);
                        stream.received(copy, data.isLast());
                    }
                }
                case SpdyRstStreamFrame reset -> {
                    var stream = streams.remove(reset.streamId());
                    if (stream != null) {
                        stream.fail("the runtime has reset this stream: " + reset.status());
                    }
                }
                case SpdyPingFrame ping when ping.id() % 2 == 0 -> send(new DefaultSpdyPingFrame(ping.id()));
                default -> {}
            }
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
