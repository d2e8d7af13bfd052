package io.carafe.streaming;

import io.carafe.application.stream.StreamRequest;
import io.carafe.application.stream.StreamSession;
import io.carafe.application.stream.StreamSet;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Turns connections from HTTP into what carries a session, and begins it. Called on the loop. */
final class Streams {
    /** The handlers of the HTTP request, in their order; the codec is the first. */
    static final String HTTP = "http";

    static final String HTTP_BODY = "http-body";
    static final String HTTP_TIMEOUT = "http-timeout";
    static final String UPGRADE = "upgrade";

    /** How long a client may take to open the streams of its exec or attach. */
    private static final Duration OPENING = Duration.ofSeconds(30);
    /** Of one WebSocket frame, which is read as a whole. */
    private static final int LARGEST_FRAME = 1 << 20;

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;

    private final StreamUseCases use;
    private final Sessions sessions;
    private final Duration idle;

    Streams(StreamUseCases use, Sessions sessions, Duration idle) {
        this.use = use;
        this.sessions = sessions;
        this.idle = idle;
    }

    void command(ClientLink link, FullHttpRequest request, Upgrade upgrade, StreamSession ticket, StreamSet set)
            throws Refusal {
        switch (upgrade.transport()) {
            case SPDY -> {
                var session = new CommandSession(use, ticket, link, sessions, () -> {});
                var streams = new SpdyCommand(session, set);
                spdy(link, upgrade, new SpdyConnection(link, streams));
                var _ = link.channel()
                        .eventLoop()
                        .schedule(
                                () -> {
                                    if (!streams.isComplete()) {
                                        var _ = link.channel().close();
                                    }
                                },
                                OPENING.toNanos(),
                                TimeUnit.NANOSECONDS);
                watch(link, session);
            }
            case WEBSOCKET -> {
                var session = new CommandSession(use, ticket, link, sessions, () -> WebSocketForwards.farewell(link));
                Map<Integer, Inbox> inboxes = new HashMap<>();
                InputStream stdin = inbox(link, inboxes, STDIN, set.stdin());
                InputStream resize = inbox(link, inboxes, RESIZE, set.tty());
                webSocket(link, request, upgrade.protocol(), session, () -> {
                    link.channel()
                            .pipeline()
                            .addLast(new WebSocketChannels(
                                    link, inboxes, upgrade.protocol().equals(Upgrade.V5), session));
                    // as the other servers do it: an empty message says that all is ready
                    int first = set.stdout() ? STDOUT : set.stderr() ? STDERR : ERROR;
                    var _ = link.channel().writeAndFlush(WebSocketChannels.message(first, Unpooled.EMPTY_BUFFER));
                    session.start(new CommandStreams(
                            stdin,
                            outbox(link, STDOUT, set.stdout()),
                            outbox(link, STDERR, set.stderr()),
                            outbox(link, ERROR, true),
                            resize));
                });
                watch(link, session);
            }
        }
    }

    /** SPDY, or SPDY inside of a WebSocket. */
    void forwardStreams(
            ClientLink link,
            FullHttpRequest request,
            Upgrade upgrade,
            StreamSession ticket,
            StreamRequest.PortForward forward)
            throws Refusal {
        var forwards = new Forwards(ticket, link, sessions);
        var connection = new SpdyConnection(link, new SpdyForwards(use.portForward(), forward, forwards));
        switch (upgrade.transport()) {
            case SPDY -> spdy(link, upgrade, connection);
            case WEBSOCKET ->
                webSocket(
                        link,
                        request,
                        upgrade.protocol(),
                        forwards,
                        () -> link.channel()
                                .pipeline()
                                .addLast(
                                        new WebSocketTunnel(),
                                        new ReadGate(),
                                        new SpdyFrameCodec(SpdyVersion.SPDY_3_1),
                                        connection));
        }
        watch(link, forwards);
    }

    void forwardChannels(
            ClientLink link,
            FullHttpRequest request,
            StreamSession ticket,
            StreamRequest.PortForward forward,
            List<Integer> ports)
            throws Refusal {
        var forwards = new Forwards(ticket, link, sessions);
        var channels = new WebSocketForwards(link, ports);
        webSocket(link, request, Upgrade.V4, forwards, () -> {
            link.channel().pipeline().addLast(new WebSocketChannels(link, channels.inboxes(), false, forwards));
            channels.start(use.portForward(), forward, forwards);
        });
        watch(link, forwards);
    }

    private void watch(ClientLink link, Client client) {
        link.watchIdle(idle, () -> client.end("nothing has moved on this stream for " + idle.toSeconds() + " s"));
    }

    private static InputStream inbox(ClientLink link, Map<Integer, Inbox> all, int channel, boolean wanted) {
        if (!wanted) {
            return InputStream.nullInputStream();
        }
        Inbox inbox = new Inbox(link);
        all.put(channel, inbox);
        return inbox;
    }

    private static OutputStream outbox(ClientLink link, int channel, boolean wanted) {
        return wanted ? WebSocketChannels.outbox(link, channel) : OutputStream.nullOutputStream();
    }

    private static void spdy(ClientLink link, Upgrade upgrade, ChannelHandler connection) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, "SPDY/3.1")
                .set(Upgrade.STREAM_PROTOCOL, upgrade.protocol());
        ChannelPipeline pipeline = link.channel().pipeline();
        // the client says nothing in SPDY before it has read the answer, so nothing is lost between the two
        var _ = link.channel().writeAndFlush(response).addListener(_ -> {
            pipeline.addLast(new ReadGate(), new SpdyFrameCodec(SpdyVersion.SPDY_3_1), connection);
            pipeline.remove(HTTP_TIMEOUT);
            pipeline.remove(UPGRADE);
            pipeline.remove(HTTP_BODY);
            pipeline.remove(HTTP);
        });
    }

    /** @param protocol the one that was chosen; the client hears of no other */
    private static void webSocket(
            ClientLink link, FullHttpRequest request, String protocol, Client client, Runnable ready) throws Refusal {
        var config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(LARGEST_FRAME)
                .allowExtensions(false)
                .build();
        ChannelPipeline pipeline = link.channel().pipeline();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(request.uri(), protocol, config).newHandshaker(request);
        if (handshaker == null) {
            throw new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "only version 13 of WebSocket is spoken here");
        }
        try {
            handshaker.handshake(link.channel(), request).addListener(done -> {
                if (done.isSuccess()) {
                    ready.run();
                    pipeline.remove(HTTP_TIMEOUT);
                    pipeline.remove(UPGRADE);
                } else {
                    // nothing of ours is in the pipeline yet that would hear of it
                    client.gone();
                    var _ = link.channel().close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            throw new Refusal(HttpResponseStatus.BAD_REQUEST, "no WebSocket: " + e.getMessage());
        }
    }
}
