package io.carafe.streaming;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** A client of SPDY that reads only when it is asked to: one thread, the codec of Netty around a plain socket. */
final class SpdyPeer implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final Socket socket;
    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final Map<Integer, ByteArrayOutputStream> received = new HashMap<>();
    private final Set<Integer> ended = new TreeSet<>();
    private final Set<Integer> replied = new TreeSet<>();
    private final Set<Integer> reset = new TreeSet<>();
    private final Set<Integer> pongs = new TreeSet<>();
    private int next = 1;

    private SpdyPeer(Socket socket) {
        this.socket = socket;
    }

    static SpdyPeer open(URI url, String protocol) throws IOException {
        RawHttp answer = RawHttp.send(
                url, "POST", "Connection: Upgrade", "Upgrade: SPDY/3.1", "X-Stream-Protocol-Version: " + protocol);
        if (answer.status() != 101) {
            throw new IOException(answer.head() + answer.body());
        }
        return new SpdyPeer(answer.socket());
    }

    Socket socket() {
        return socket;
    }

    /** Opens a stream with a streamtype. */
    int stream(String type) throws IOException {
        return stream(Map.of("streamtype", type));
    }

    int stream(Map<String, String> headers) throws IOException {
        int id = next;
        next += 2;
        var frame = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
        headers.forEach((name, value) -> frame.headers().set(name, value));
        write(frame);
        return id;
    }

    void send(int stream, String text) throws IOException {
        send(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(int stream, byte[] bytes) throws IOException {
        write(new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes)));
    }

    void end(int stream) throws IOException {
        write(new DefaultSpdyDataFrame(stream, Unpooled.EMPTY_BUFFER).setLast(true));
    }

    void reset(int stream) throws IOException {
        write(new DefaultSpdyRstStreamFrame(stream, SpdyStreamStatus.CANCEL));
    }

    void ping(int id) throws IOException {
        write(new DefaultSpdyPingFrame(id));
    }

    private void write(Object frame) throws IOException {
        codec.writeOutbound(frame);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy).release();
            socket.getOutputStream().write(copy);
        }
    }

    /** Reads until the server has ended the stream; answers all that came on it. */
    String all(int stream) throws IOException {
        readUntil(() -> ended.contains(stream));
        return soFar(stream);
    }

    String soFar(int stream) {
        return Optional.ofNullable(received.get(stream))
                .map(bytes -> bytes.toString(StandardCharsets.UTF_8))
                .orElse("");
    }

    byte[] bytes(int stream) {
        return Optional.ofNullable(received.get(stream))
                .map(ByteArrayOutputStream::toByteArray)
                .orElse(new byte[0]);
    }

    boolean isEnded(int stream) {
        return ended.contains(stream);
    }

    boolean isReplied(int stream) {
        return replied.contains(stream);
    }

    boolean isReset(int stream) {
        return reset.contains(stream);
    }

    boolean isAnswered(int ping) {
        return pongs.contains(ping);
    }

    /** Reads frames until the condition holds; fails if the server closes or is silent before. */
    void readUntil(BooleanSupplier condition) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[CHUNK];
        while (!condition.getAsBoolean()) {
            int n = in.read(chunk);
            if (n < 0) {
                throw new IOException("the server has closed; received so far: " + received);
            }
            codec.writeInbound(Unpooled.copiedBuffer(chunk, 0, n));
            for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
                take(frame);
            }
        }
    }

    private void take(Object frame) {
        switch (frame) {
            case SpdyDataFrame data -> {
                byte[] copy = new byte[data.content().readableBytes()];
                data.content().readBytes(copy);
                received.computeIfAbsent(data.streamId(), _ -> new ByteArrayOutputStream())
                        .writeBytes(copy);
                if (data.isLast()) {
                    ended.add(data.streamId());
                }
                data.release();
            }
            case SpdySynReplyFrame reply -> replied.add(reply.streamId());
            case SpdyRstStreamFrame given -> reset.add(given.streamId());
            case SpdyPingFrame ping -> pongs.add(ping.id());
            default -> throw new IllegalStateException("unexpected " + frame);
        }
    }

    /** Whether the server has closed, after reading what was left. */
    boolean isClosedByServer() throws IOException {
        byte[] chunk = new byte[CHUNK];
        try {
            while (socket.getInputStream().read(chunk) >= 0) {
                // what is left
            }
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        var _ = codec.close();
        socket.close();
    }
}
