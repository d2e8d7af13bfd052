package io.carafe.streaming;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A client of channels over WebSocket: the JDK's. */
final class WebSocketPeer implements WebSocket.Listener, AutoCloseable {
    private final Map<Integer, ByteArrayOutputStream> received = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private volatile int status;
    private final HttpClient http;
    private final WebSocket socket;

    private WebSocketPeer(HttpClient http, URI url, String first, String... others) {
        this.http = http;
        socket = http.newWebSocketBuilder()
                .subprotocols(first, others)
                .buildAsync(URI.create(url.toString().replaceFirst("http", "ws")), this)
                .join();
    }

    static WebSocketPeer open(URI url, String first, String... others) {
        return new WebSocketPeer(HttpClient.newHttpClient(), url, first, others);
    }

    static WebSocketPeer openTls(URI url, SSLContext tls, String first) {
        return new WebSocketPeer(HttpClient.newBuilder().sslContext(tls).build(), url, first);
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    void send(int channel, String text) {
        send(channel, text.getBytes(StandardCharsets.UTF_8), true);
    }

    void send(int channel, byte[] bytes, boolean last) {
        ByteBuffer data = ByteBuffer.allocate(bytes.length + 1)
                .put((byte) channel)
                .put(bytes)
                .flip();
        socket.sendBinary(data, last).join();
    }

    /** Without waiting for it to be sent, which the server may prevent. */
    void sendAnyway(int channel, byte[] bytes) {
        ByteBuffer data = ByteBuffer.allocate(bytes.length + 1)
                .put((byte) channel)
                .put(bytes)
                .flip();
        var _ = socket.sendBinary(data, true);
    }

    /** The rest of a message, which has no channel of its own. */
    void more(byte[] bytes, boolean last) {
        socket.sendBinary(ByteBuffer.wrap(bytes), last).join();
    }

    void end(int channel) {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, (byte) channel}), true)
                .join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        message.writeBytes(bytes);
        if (last) {
            byte[] whole = message.toByteArray();
            message.reset();
            received.computeIfAbsent((int) whole[0], _ -> new ByteArrayOutputStream())
                    .write(whole, 1, whole.length - 1);
        }
        webSocket.request(1);
        return java.util.concurrent.CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        status = code;
        closed.countDown();
        return java.util.concurrent.CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.countDown();
    }

    /** Waits for the server's farewell; its code, 0 if there was none. */
    int awaitClose() throws InterruptedException {
        if (!closed.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not closed; received " + received);
        }
        return status;
    }

    byte[] bytes(int channel) {
        ByteArrayOutputStream all = received.get(channel);
        return all == null ? new byte[0] : all.toByteArray();
    }

    String text(int channel) {
        return new String(bytes(channel), StandardCharsets.UTF_8);
    }

    /** Vanishes without a word. */
    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
