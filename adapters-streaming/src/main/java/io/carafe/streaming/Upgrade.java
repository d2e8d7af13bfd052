package io.carafe.streaming;

import io.carafe.application.stream.StreamKind;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client wants its connection to become.
 *
 * @param protocol of the streams, one that both sides know; the client's first choice
 */
record Upgrade(Transport transport, String protocol) {
    static final String V4 = "v4.channel.k8s.io";
    static final String V5 = "v5.channel.k8s.io";
    static final String PORT_FORWARD = "portforward.k8s.io";
    static final String TUNNEL = "SPDY/3.1+" + PORT_FORWARD;
    /** Where a client of SPDY says what it speaks, and where it is answered. */
    static final String STREAM_PROTOCOL = "X-Stream-Protocol-Version";

    /** Odd, so of the client, which counts from 1. */
    private static final int NO_PING = Integer.MAX_VALUE;

    private static final String ACCEPTED = "X-Accepted-Stream-Protocol-Versions";

    enum Transport {
        SPDY,
        WEBSOCKET
    }

    /** Reads it from the request's headers. */
    static Upgrade of(FullHttpRequest request, StreamKind kind) throws Refusal {
        Transport transport = transport(request);
        List<String> known = known(transport, kind);
        List<String> offered = offered(request, transport);
        if (offered.isEmpty() && transport == Transport.SPDY && kind == StreamKind.PORT_FORWARD) {
            return new Upgrade(transport, PORT_FORWARD);
        }
        Optional<String> chosen = offered.stream().filter(known::contains).findFirst();
        if (chosen.isEmpty()) {
            throw new Refusal(
                            HttpResponseStatus.FORBIDDEN,
                            "none of the stream protocols " + offered + " is spoken here for "
                                    + transport.name().toLowerCase(Locale.ROOT) + "; these are: " + known)
                    .with(ACCEPTED, known);
        }
        return new Upgrade(transport, chosen.get());
    }

    /**
     * A frame that says that we live and asks for no answer: the answer to a ping that was never sent. A client that is held up in
     * sending could not answer without losing its place: Go's WebSocket breaks off, its SPDY stops reading.
     */
    Object signOfLife() {
        return transport == Transport.WEBSOCKET && !protocol.equals(TUNNEL)
                ? new PongWebSocketFrame()
                : new DefaultSpdyPingFrame(NO_PING);
    }

    private static Transport transport(FullHttpRequest request) throws Refusal {
        String wanted = request.headers().get(HttpHeaderNames.UPGRADE, "");
        boolean upgrade = words(request.headers().getAll(HttpHeaderNames.CONNECTION)).stream()
                .anyMatch("upgrade"::equalsIgnoreCase);
        if (upgrade && wanted.equalsIgnoreCase("SPDY/3.1")) {
            return Transport.SPDY;
        }
        if (upgrade && wanted.equalsIgnoreCase("websocket") && request.method().equals(HttpMethod.GET)) {
            return Transport.WEBSOCKET;
        }
        throw new Refusal(
                HttpResponseStatus.BAD_REQUEST,
                "a stream needs 'Connection: Upgrade' and 'Upgrade: SPDY/3.1', or 'Upgrade: websocket' with GET; this is "
                        + request.method() + " with 'Upgrade: " + wanted + "'");
    }

    private static List<String> known(Transport transport, StreamKind kind) {
        return switch (transport) {
            case SPDY -> kind == StreamKind.PORT_FORWARD ? List.of(PORT_FORWARD) : List.of(V4);
            case WEBSOCKET -> kind == StreamKind.PORT_FORWARD ? List.of(TUNNEL, V4) : List.of(V5, V4);
        };
    }

    private static List<String> offered(FullHttpRequest request, Transport transport) {
        return words(request.headers()
                .getAll(
                        transport == Transport.SPDY
                                ? STREAM_PROTOCOL
                                : HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL.toString()));
    }

    private static List<String> words(List<String> headers) {
        List<String> words = new ArrayList<>();
        for (String header : headers) {
            for (String word : header.split(",")) {
                if (!word.isBlank()) {
                    words.add(word.strip());
                }
            }
        }
        return words;
    }
}
