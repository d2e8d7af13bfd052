package io.carafe.ports.runtime;

import io.carafe.domain.resource.Bytes;
import java.util.Optional;

/**
 * Memory for output that is collected to be answered in one piece: one for all handlers, since they share one heap.
 *
 * <p>Concurrency: safe for use by any number of threads; who waits longest is served first.
 */
public interface OutputBudget {
    /** Gives to everybody: for a handler that is alone in its process. */
    OutputBudget UNLIMITED = _ -> Optional.of(() -> {});

    /**
     * Takes memory before it is used; waits for others to give theirs back.
     *
     * @return empty if there was none in time; the caller then goes without
     */
    Optional<Lease> take(Bytes amount) throws InterruptedException;

    /** Memory that was taken; closing it gives it back. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
