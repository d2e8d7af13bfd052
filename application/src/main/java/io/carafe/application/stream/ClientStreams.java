package io.carafe.application.stream;

import io.carafe.domain.process.TerminalSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The client's end of an exec or attach. Streams that were not asked for are not touched. Reading and writing wait, answer to
 * interrupts, and fail once the client is gone.
 */
public interface ClientStreams {
    InputStream stdin();

    OutputStream stdout();

    OutputStream stderr();

    /** Waits for the next size of the client's terminal; empty when there will be none. */
    Optional<TerminalSize> nextSize() throws InterruptedException;
}
