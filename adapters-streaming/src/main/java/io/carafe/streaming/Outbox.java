package io.carafe.streaming;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/** Sends what is written to it as frames of one stream. A writer waits for a client that does not read. */
final class Outbox extends OutputStream {
    private static final int FRAME = 32 * 1024;

    private final ClientLink link;
    private final Framing framing;
    private volatile boolean ended;

    Outbox(ClientLink link, Framing framing) {
        this.link = link;
        this.framing = framing;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int at = offset; at < offset + length; at += FRAME) {
            if (ended) {
                throw new IOException("the client takes no more of this stream");
            }
            int part = Math.min(FRAME, offset + length - at);
            ByteBuf data = link.channel().alloc().buffer(part).writeBytes(bytes, at, part);
            link.send(framing.data(data));
        }
    }

    /** The client wants no more. */
    void abort() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Tells the client that this was all. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            Optional<Object> last = framing.end();
            if (last.isPresent()) {
                link.send(last.get());
            }
        }
    }
}
