package io.carafe.streaming;

/** A session that is spoken to in SPDY streams. Called on the loop; never waits. */
interface SpdyClient extends Client {
    /** Whether the stream is wanted; one that is not is reset. */
    boolean opened(SpdyStream stream);

    /** The client has given the stream up, in both directions. */
    void reset(SpdyStream stream);
}
