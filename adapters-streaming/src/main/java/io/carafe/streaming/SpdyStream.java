package io.carafe.streaming;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyHeaders;
import java.util.Optional;

/** One stream of a SPDY connection, opened by the client. */
final class SpdyStream {
    private final int id;
    private final SpdyHeaders headers;
    private final Inbox inbox;
    private final Outbox outbox;

    SpdyStream(int id, SpdyHeaders headers, ClientLink link) {
        this.id = id;
        this.headers = headers;
        this.inbox = new Inbox(link);
        this.outbox = new Outbox(link, new Framing() {
            @Override
            public Object data(ByteBuf bytes) {
                return new DefaultSpdyDataFrame(id, bytes);
            }

            @Override
            public Optional<Object> end() {
                return Optional.of(new DefaultSpdyDataFrame(id, Unpooled.EMPTY_BUFFER).setLast(true));
            }
        });
    }

    int id() {
        return id;
    }

    /** A header by its name, which SPDY has in lower case; empty text if there is none. */
    String header(String name) {
        return Optional.ofNullable(headers.getAsString(name)).orElse("");
    }

    Inbox inbox() {
        return inbox;
    }

    Outbox outbox() {
        return outbox;
    }
}
