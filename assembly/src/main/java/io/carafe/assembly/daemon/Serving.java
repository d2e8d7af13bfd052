package io.carafe.assembly.daemon;

import java.time.Duration;

/** What a daemon does between its start and its end. */
public interface Serving {
    /** Answers calls when it returns. */
    void start() throws StartFailure, InterruptedException;

    /** Takes up a changed configuration, or says why not. One at a time. */
    void reload();

    /** Takes no new calls and lets those under way end; what is left after {@code grace} is interrupted. */
    void stop(Duration grace) throws InterruptedException;
}
