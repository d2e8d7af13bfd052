package io.carafe.oci.conmon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The threads of a backend, as far as clients of a monitor need them. */
public record Threads(Background background, Deadline deadline) {
    /** Starts a named thread. */
    public interface Background {
        Thread start(String name, Runnable work);
    }

    /** Reads a message for a limited time; after it the reader is interrupted and given up, which is a fault. */
    public interface Deadline {
        Optional<SyncMessage> within(String name, Duration limit, Callable<Optional<SyncMessage>> read)
                throws InterruptedException;
    }
}
