package io.carafe.ports.runtime;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The streams of an attached container or an open exec. A reader that stops must not stall the process for long: close it.
 * With a terminal all output comes on {@link #stdout}. Closing {@link #stdin} is the end of input.
 */
public interface AttachedStreams extends Closeable {
    OutputStream stdin();

    InputStream stdout();

    InputStream stderr();

    /** Sets the terminal's size in characters; without a terminal it does nothing. */
    void resize(int width, int height);
}
