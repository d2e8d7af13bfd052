package io.carafe.streaming;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Map;
import java.util.Optional;

/**
 * Channels over a WebSocket: the first byte of a message is the channel, the rest its data. With v5 the client may also end one:
 * the byte 255 and the channel.
 *
 * <p>Source: k8s.io/apimachinery/pkg/util/remotecommand and k8s.io/streaming/pkg/wsstream.
 */
final class WebSocketChannels extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final System.Logger LOG = System.getLogger(WebSocketChannels.class.getName());
    private static final int CLOSE = 255;
    private static final int NONE = -1;

    private final ClientLink link;
    private final Map<Integer, Inbox> inboxes;
    private final boolean canClose;
    private final Client client;
    /** That of the message whose rest is still to come. */
    private int current = NONE;

    /** @param inboxes of the channels that the client may write to */
    WebSocketChannels(ClientLink link, Map<Integer, Inbox> inboxes, boolean canClose, Client client) {
        this.link = link;
        this.inboxes = Map.copyOf(inboxes);
        this.canClose = canClose;
        this.client = client;
    }

    /** For a channel that we write to. */
    static Outbox outbox(ClientLink link, int channel) {
        return new Outbox(link, new Framing() {
            @Override
            public Object data(ByteBuf bytes) {
                return message(channel, bytes);
            }

            @Override
            public Optional<Object> end() {
                return Optional.empty();
            }
        });
    }

    static WebSocketFrame message(int channel, ByteBuf bytes) {
        return new BinaryWebSocketFrame(
                Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(new byte[] {(byte) channel}), bytes));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case PingWebSocketFrame ping -> {
                var _ = context.writeAndFlush(
                        new PongWebSocketFrame(ping.content().retain()));
            }
            case PongWebSocketFrame _ -> {}
            case CloseWebSocketFrame close -> {
                var _ = context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            }
            case ContinuationWebSocketFrame more -> receive(more.content());
            default -> begin(frame.content());
        }
    }

    private void begin(ByteBuf data) {
        current = NONE;
        if (!data.isReadable()) {
            return;
        }
        int channel = data.readUnsignedByte();
        if (channel == CLOSE && canClose) {
            if (data.isReadable()) {
                Inbox closed = inboxes.get((int) data.readUnsignedByte());
                if (closed != null) {
                    closed.end();
                }
            }
            return;
        }
        current = channel;
        receive(data);
    }

    private void receive(ByteBuf data) {
        Inbox inbox = inboxes.get(current);
        if (inbox != null) {
            inbox.offer(data);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        link.changed();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inboxes.values().forEach(inbox -> inbox.fail("the client is gone"));
        link.changed();
        client.gone();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "WebSocket is given up: {0}", cause.toString());
        var _ = context.close();
    }
}
