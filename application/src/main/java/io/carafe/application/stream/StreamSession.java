package io.carafe.application.stream;

/** A ticket that was used: what it was given for, and its place among the streams in flight until it is closed. */
public final class StreamSession implements AutoCloseable {
    private final StreamRequest request;
    private final Runnable release;

    StreamSession(StreamRequest request, Runnable release) {
        this.request = request;
        this.release = release;
    }

    public StreamRequest request() {
        return request;
    }

    /** Idempotent. */
    @Override
    public void close() {
        release.run();
    }
}
