package io.carafe.streaming;

import io.carafe.application.sandbox.PortForward;
import io.carafe.application.stream.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Port-forward over plain WebSocket channels: one connection for each port, made at once. The n-th port has the channels 2n for
 * data and 2n + 1 for errors, and both begin with the port's number, little-endian.
 */
final class WebSocketForwards {
    private static final System.Logger LOG = System.getLogger(WebSocketForwards.class.getName());

    private final ClientLink link;
    private final List<Integer> ports;
    private final Map<Integer, Inbox> inboxes = new HashMap<>();

    WebSocketForwards(ClientLink link, List<Integer> ports) {
        this.link = link;
        this.ports = List.copyOf(ports);
        for (int i = 0; i < ports.size(); i++) {
            inboxes.put(2 * i, new Inbox(link));
        }
    }

    /** Of the channels that the client may write to. */
    Map<Integer, Inbox> inboxes() {
        return Map.copyOf(inboxes);
    }

    /** On the loop, when the client can be written to. */
    void start(PortForward use, StreamRequest.PortForward request, Forwards forwards) {
        AtomicInteger open = new AtomicInteger(ports.size());
        for (int i = 0; i < ports.size(); i++) {
            int data = 2 * i;
            int error = data + 1;
            Inbox inbox = inboxes.getOrDefault(data, new Inbox(link));
            var _ = link.channel().write(WebSocketChannels.message(data, number(ports.get(i))));
            var _ = link.channel().writeAndFlush(WebSocketChannels.message(error, number(ports.get(i))));
            forwards.start(
                    data,
                    new ForwardedConnection(
                            use,
                            request,
                            ports.get(i),
                            inbox,
                            WebSocketChannels.outbox(link, data),
                            WebSocketChannels.outbox(link, error)),
                    () -> {
                        if (open.decrementAndGet() == 0) {
                            farewell(link);
                        }
                    });
        }
    }

    private static ByteBuf number(int port) {
        return Unpooled.buffer(Short.BYTES).writeShortLE(port);
    }

    /** The close of a WebSocket, after everything else. */
    static void farewell(ClientLink link) {
        try {
            link.send(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no farewell: {0}", e.getMessage());
        } finally {
            link.finish();
        }
    }
}
