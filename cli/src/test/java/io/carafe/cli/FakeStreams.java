package io.carafe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A streaming server of one thread a connection. A command says the streams it has and its input in capitals when that ends, and
 * exits with 9; a forwarded connection answers what it was sent in capitals. The path {@code /refuse} is refused.
 */
final class FakeStreams implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    FakeStreams() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void serve(Socket client) {
        try (client) {
            String head = head(client);
            if (head.startsWith("POST /refuse ")) {
                client.getOutputStream()
                        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 11\r\n\r\nno such url".getBytes(UTF_8));
                return;
            }
            client.getOutputStream()
                    .write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n"
                            .getBytes(UTF_8));
            new Peer(client).run();
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static String head(Socket client) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            head.write(client.getInputStream().read());
        }
        return head.toString(UTF_8);
    }

    private static final class Peer {
        private final Socket client;
        private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<Integer, String> received = new HashMap<>();

        Peer(Socket client) {
            this.client = client;
        }

        void run() throws IOException {
            byte[] chunk = new byte[4096];
            for (int n = client.getInputStream().read(chunk);
                    n >= 0;
                    n = client.getInputStream().read(chunk)) {
                codec.writeInbound(Unpooled.copiedBuffer(chunk, 0, n));
                for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
                    take(frame);
                }
            }
        }

        private void take(Object frame) throws IOException {
            switch (frame) {
                case SpdySynStreamFrame opened ->
                    ids.put(opened.headers().getAsString("streamtype"), opened.streamId());
                case SpdyDataFrame data -> {
                    received.merge(data.streamId(), data.content().toString(UTF_8), String::concat);
                    if (data.isLast()) {
                        ended(data.streamId());
                    }
                    data.release();
                }
                default -> {}
            }
        }

        private void ended(int stream) throws IOException {
            String said = received.getOrDefault(stream, "").toUpperCase(java.util.Locale.ROOT);
            if (ids.containsKey("stdin") && stream == id("stdin")) {
                send("stdout", ids.keySet().stream().sorted().toList() + said);
                if (ids.containsKey("stderr")) {
                    send("stderr", "err");
                }
                send(
                        "error",
                        "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":"
                                + "[{\"reason\":\"ExitCode\",\"message\":\"9\"}]}}");
                end(List.of("stdout", "stderr", "error"));
            } else if (ids.containsKey("data") && stream == id("data")) {
                send("data", said);
                end(List.of("data", "error"));
            }
        }

        private int id(String type) {
            return ids.getOrDefault(type, 0);
        }

        private void send(String type, String text) throws IOException {
            write(new DefaultSpdyDataFrame(id(type), Unpooled.copiedBuffer(text, UTF_8)));
        }

        private void end(List<String> types) throws IOException {
            for (String type : types) {
                if (ids.containsKey(type)) {
                    write(new DefaultSpdyDataFrame(id(type), Unpooled.EMPTY_BUFFER).setLast(true));
                }
            }
        }

        private void write(Object frame) throws IOException {
            codec.writeOutbound(frame);
            for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy).release();
                client.getOutputStream().write(copy);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
