package io.carafe.assembly.node;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Channels over a WebSocket of the JDK's; it asks for the next piece when the last one has been handed over. */
final class WebSocketEcho implements EchoClient, WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 120;
    private static final byte[] END = {};

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final int input;
    private final int output;
    private final WebSocket socket;
    /** How many bytes of the output channel are not the session's: a forwarded port's number. */
    private int preamble;

    private int channel = -1;

    private WebSocketEcho(String url, String protocol, int input, int output, int preamble) {
        this.input = input;
        this.output = output;
        this.preamble = preamble;
        socket = http.newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(URI.create(url.replaceFirst("http", "ws")), this)
                .join();
    }

    static WebSocketEcho exec(String url) {
        return new WebSocketEcho(url, "v5.channel.k8s.io", 0, 1, 0);
    }

    static WebSocketEcho forward(String url) {
        return new WebSocketEcho(url, "v4.channel.k8s.io", 0, 0, 2);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        message(ByteBuffer.allocate(bytes.length + 1)
                .put((byte) input)
                .put(bytes)
                .flip());
    }

    /** A forwarded connection cannot end one way alone: its protocol has no sign for it. */
    @Override
    public void endSending() throws IOException {
        if (input != output) {
            message(ByteBuffer.wrap(new byte[] {(byte) 255, (byte) input}));
        }
    }

    private void message(ByteBuffer bytes) throws IOException {
        try {
            socket.sendBinary(bytes, true).join();
        } catch (CompletionException e) {
            throw new IOException("send to " + socket, e);
        }
    }

    @Override
    public void receive(OutputStream sink, BooleanSupplier enough) throws IOException {
        try {
            while (!enough.getAsBoolean()) {
                byte[] piece = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (piece == null) {
                    throw new EOFException("nothing came for " + PATIENCE_SECONDS + " s");
                }
                if (piece.length == 0) {
                    return;
                }
                sink.write(piece);
                socket.request(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("receive");
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        int from = 0;
        if (channel < 0 && bytes.length > 0) {
            channel = bytes[from++];
        }
        boolean ours = channel == output;
        while (ours && preamble > 0 && from < bytes.length) {
            preamble--;
            from++;
        }
        if (last) {
            channel = -1;
        }
        if (ours && from < bytes.length) {
            pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
        } else {
            webSocket.request(1);
        }
        return done();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        pieces.add(END);
        return done();
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        pieces.add(END);
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
