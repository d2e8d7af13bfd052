package io.carafe.conformance.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A client of a streaming URL: SPDY/3.1, which every runtime speaks. It reads while it is asked for something. Concurrency: one thread
 * that reads and one that sends.
 */
public final class SpdyClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int CHUNK = 32 * 1024;
    private static final int SWITCHING = 101;

    private final Socket socket;
    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final Map<Integer, ByteArrayOutputStream> received = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private int next = 1;

    private SpdyClient(Socket socket) {
        this.socket = socket;
    }

    /** A stream that this side has opened. */
    public record Stream(int id) {}

    /** @throws AssertionError if the server does not go over to SPDY */
    public static SpdyClient open(String url, String protocol) throws IOException {
        var socket = new Socket();
        int status = request(socket, url, protocol);
        if (status != SWITCHING) {
            socket.close();
            throw new AssertionError("no stream at " + url + ": HTTP status " + status);
        }
        return new SpdyClient(socket);
    }

    /** The HTTP status that the URL answers a request for SPDY with. */
    public static int status(String url, String protocol) throws IOException {
        try (var socket = new Socket()) {
            return request(socket, url, protocol);
        }
    }

    private static int request(Socket socket, String text, String protocol) throws IOException {
        var url = URI.create(text);
        socket.connect(new java.net.InetSocketAddress(url.getHost().replaceAll("^\\[|]$", ""), url.getPort()));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write(("POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                                + "\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: "
                                + protocol + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(UTF_8));
        var head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("closed after '" + head.toString(UTF_8) + "'");
            }
            head.write(b);
        }
        return Integer.parseInt(head.toString(UTF_8).split(" ", 3)[1]);
    }

    public Stream stream(String type) throws IOException {
        return stream(Map.of("streamtype", type));
    }

    public Stream stream(Map<String, String> headers) throws IOException {
        var frame = new DefaultSpdySynStreamFrame(next, 0, (byte) 0);
        headers.forEach((name, value) -> frame.headers().set(name, value));
        write(frame);
        next += 2;
        return new Stream(frame.streamId());
    }

    public void send(Stream stream, String text) throws IOException {
        send(stream, text.getBytes(UTF_8));
    }

    public void send(Stream stream, byte[] bytes) throws IOException {
        write(new DefaultSpdyDataFrame(stream.id(), Unpooled.copiedBuffer(bytes)));
    }

    public void end(Stream stream) throws IOException {
        write(new DefaultSpdyDataFrame(stream.id(), Unpooled.EMPTY_BUFFER).setLast(true));
    }

    private void write(Object frame) throws IOException {
        var bytes = new ByteArrayOutputStream();
        synchronized (codec) {
            codec.writeOutbound(frame);
            for (ByteBuf encoded = codec.readOutbound(); encoded != null; encoded = codec.readOutbound()) {
                encoded.readBytes(bytes, encoded.readableBytes()).release();
            }
        }
        bytes.writeTo(socket.getOutputStream());
    }

    /** All that comes on the stream until its end, or that of the connection. */
    public String all(Stream stream) throws IOException {
        read(() -> ended.contains(stream.id()));
        return soFar(stream);
    }

    /** What comes on the stream until that holds {@code text}. */
    public String until(Stream stream, String text) throws IOException {
        read(() -> soFar(stream).contains(text) || ended.contains(stream.id()));
        return soFar(stream);
    }

    /** Hands over what comes on the stream, until its end or {@code enough}; nothing of it is kept. */
    public void copy(Stream stream, OutputStream sink, BooleanSupplier enough) throws IOException {
        while (!enough.getAsBoolean() && !ended.contains(stream.id())) {
            var before = received.put(stream.id(), new ByteArrayOutputStream());
            if (before != null) {
                before.writeTo(sink);
            }
            read(() -> soFarBytes(stream) > 0 || ended.contains(stream.id()));
            if (soFarBytes(stream) == 0 && !ended.contains(stream.id())) {
                throw new EOFException("the connection has ended before the stream");
            }
        }
        var rest = received.remove(stream.id());
        if (rest != null) {
            rest.writeTo(sink);
        }
    }

    private int soFarBytes(Stream stream) {
        var bytes = received.get(stream.id());
        return bytes == null ? 0 : bytes.size();
    }

    private String soFar(Stream stream) {
        var bytes = received.get(stream.id());
        return bytes == null ? "" : bytes.toString(UTF_8);
    }

    private void read(BooleanSupplier done) throws IOException {
        var chunk = new byte[CHUNK];
        while (!done.getAsBoolean()) {
            int n = socket.getInputStream().read(chunk);
            if (n < 0) {
                return;
            }
            synchronized (codec) {
                codec.writeInbound(Unpooled.copiedBuffer(chunk, 0, n));
                for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
                    take(frame);
                    ReferenceCountUtil.release(frame);
                }
            }
        }
    }

    private void take(Object frame) {
        switch (frame) {
            case SpdyDataFrame data -> {
                var copy = new byte[data.content().readableBytes()];
                data.content().readBytes(copy);
                received.computeIfAbsent(data.streamId(), _ -> new ByteArrayOutputStream())
                        .writeBytes(copy);
                if (data.isLast()) {
                    ended.add(data.streamId());
                }
            }
            case SpdyRstStreamFrame reset -> ended.add(reset.streamId());
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        var _ = codec.close();
        socket.close();
    }
}
