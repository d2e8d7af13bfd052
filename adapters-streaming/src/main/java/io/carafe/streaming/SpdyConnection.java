package io.carafe.streaming;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.util.HashMap;
import java.util.Map;

/**
 * The server's side of a SPDY/3.1 connection: the client opens streams, both sides send on them.
 *
 * <p>Two habits of moby/spdystream, which all clients are made of, decide its form: it cannot read a SYN_REPLY with an empty header
 * block as Netty writes it, so one header goes along; and it never sends WINDOW_UPDATE, so flow is controlled by TCP alone.
 */
final class SpdyConnection extends SimpleChannelInboundHandler<Object> {
    private static final System.Logger LOG = System.getLogger(SpdyConnection.class.getName());
    /** Open streams of one connection; a port-forward needs two for each of its connections. */
    private static final int STREAMS = 1000;

    private final ClientLink link;
    private final SpdyClient client;
    private final Map<Integer, SpdyStream> streams = new HashMap<>();
    private int newest;

    SpdyConnection(ClientLink link, SpdyClient client) {
        this.link = link;
        this.client = client;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object frame) {
        switch (frame) {
            case SpdySynStreamFrame opening -> open(context, opening);
            case SpdyDataFrame data -> receive(context, data);
            case SpdyRstStreamFrame reset -> reset(reset.streamId());
            case SpdyPingFrame ping -> answer(context, ping.id());
            case SpdyGoAwayFrame _ -> {
                var _ = context.close();
            }
            default -> LOG.log(System.Logger.Level.DEBUG, "nothing is to be done about {0}", frame);
        }
    }

    private void open(ChannelHandlerContext context, SpdySynStreamFrame opening) {
        int id = opening.streamId();
        if (id % 2 == 0 || id <= newest || opening.isInvalid() || opening.isTruncated()) {
            refuse(context, id, SpdyStreamStatus.PROTOCOL_ERROR);
            return;
        }
        newest = id;
        streams.values()
                .removeIf(stream -> stream.inbox().isEnded() && stream.outbox().isEnded());
        if (streams.size() >= STREAMS) {
            refuse(context, id, SpdyStreamStatus.REFUSED_STREAM);
            return;
        }
        SpdyStream stream = new SpdyStream(id, opening.headers(), link);
        if (opening.isLast()) {
            stream.inbox().end();
        }
        var reply = new DefaultSpdySynReplyFrame(id);
        reply.headers().set("version", "HTTP/1.1");
        if (!client.opened(stream)) {
            refuse(context, id, SpdyStreamStatus.REFUSED_STREAM);
            return;
        }
        streams.put(id, stream);
        // what a thread of the session has to send meanwhile comes after this, through the loop
        var _ = context.writeAndFlush(reply);
    }

    private void receive(ChannelHandlerContext context, SpdyDataFrame data) {
        SpdyStream stream = streams.get(data.streamId());
        if (stream == null) {
            if (data.streamId() > newest) {
                refuse(context, data.streamId(), SpdyStreamStatus.INVALID_STREAM);
            }
            return; // what was on its way when we gave the stream up
        }
        stream.inbox().offer(data.content());
        if (data.isLast()) {
            stream.inbox().end();
        }
    }

    private void reset(int id) {
        SpdyStream stream = streams.remove(id);
        if (stream != null) {
            stream.outbox().abort();
            // before its reader notices, who would take it for a failure
            client.reset(stream);
            stream.inbox().fail("the client has given this stream up");
        }
    }

    /** Odd numbers are the client's own; what is even would be the answer to a ping of ours, and there is none. */
    private static void answer(ChannelHandlerContext context, int ping) {
        if (ping % 2 == 1) {
            var _ = context.writeAndFlush(new DefaultSpdyPingFrame(ping));
        }
    }

    private static void refuse(ChannelHandlerContext context, int id, SpdyStreamStatus status) {
        var _ = context.writeAndFlush(new DefaultSpdyRstStreamFrame(id, status));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        link.changed();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        streams.values().forEach(stream -> stream.inbox().fail("the client is gone"));
        link.changed();
        client.gone();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "SPDY connection is given up: {0}", cause.toString());
        var _ = context.close();
    }
}
