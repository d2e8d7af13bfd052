package io.carafe.streaming;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** How the bytes of one stream become frames of a protocol. */
interface Framing {
    /** Takes the bytes over. */
    Object data(ByteBuf bytes);

    /** What tells the client that this was all; empty where the protocol has no word for it. */
    Optional<Object> end();
}
