package io.carafe.streaming;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Keeps a connection paused that is to be: stands before Netty's SPDY codec, which asks for more after each read even where {@code
 * autoRead} is off, because it hands its frames on past its superclass, which then believes that nothing came of the bytes.
 */
final class ReadGate extends ChannelOutboundHandlerAdapter {
    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().config().isAutoRead()) {
            context.read();
        }
    }
}
