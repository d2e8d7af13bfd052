package io.carafe.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A response body as a stream that fails when nothing comes for a while: the JDK's own stream waits for ever. A few chunks
 * are taken ahead of the reader, so that the network works while layers are unpacked.
 *
 * <p>Concurrency: one reader; the client's threads put chunks in.
 */
final class StallGuardedBody extends InputStream implements BodySubscriber<InputStream> {
    /** A chunk is what one turn of reading the socket gave: at most three buffers of the client, see ClientSettings. */
    private static final int CHUNKS_AHEAD = 8;

    private sealed interface Event {
        record Chunk(List<ByteBuffer> buffers) implements Event {}

        record Ended() implements Event {}

        record Failed(Throwable cause) implements Event {}
    }

    private final Duration limit;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private volatile boolean closed;

    private Iterator<ByteBuffer> chunk = List.<ByteBuffer>of().iterator();
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private boolean ended;

    StallGuardedBody(Duration limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this); // the JDK's signature; nothing here waits on it
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.set(given);
        if (closed) {
            given.cancel();
        } else {
            given.request(CHUNKS_AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Event.Chunk(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event.Failed(failure));
    }

    @Override
    public void onComplete() {
        events.add(new Event.Ended());
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int copied = 0;
        // goes on while bytes are at hand: callers hash and unpack in larger pieces
        while (copied < length && (copied == 0 ? fill() : atHand())) {
            int part = Math.min(length - copied, buffer.remaining());
            buffer.get(target, offset + copied, part);
            copied += part;
        }
        return copied == 0 ? -1 : copied;
    }

    @Override
    public int available() {
        return buffer.remaining();
    }

    private boolean atHand() {
        while (!buffer.hasRemaining() && chunk.hasNext()) {
            buffer = chunk.next();
        }
        return buffer.hasRemaining();
    }

    /** Waits until there is a byte; false at the end. */
    private boolean fill() throws IOException {
        while (!atHand()) {
            if (ended) {
                return false;
            }
            switch (next()) {
                case Event.Chunk(List<ByteBuffer> buffers) -> {
                    chunk = buffers.iterator();
                    Objects.requireNonNull(subscription.get()).request(1);
                }
                case Event.Ended _ -> ended = true;
                case Event.Failed(Throwable cause) ->
                    throw new IOException("the connection broke: " + NetworkFailure.describe(cause), cause);
            }
        }
        return true;
    }

    private Event next() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        try {
            Event event = events.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (event == null) {
                close();
                throw new HttpTimeoutException("nothing came for " + limit.toSeconds() + " s");
            }
            return event;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading a response");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /**
     * Gives the connection up unless the whole body was read; then it is kept for the next request. A reader that waits in
     * another thread fails at once.
     */
    @Override
    public void close() {
        closed = true;
        events.add(new Event.Failed(new IOException("the stream was closed")));
        Flow.Subscription given = subscription.get();
        if (given != null) {
            given.cancel();
        }
    }
}
