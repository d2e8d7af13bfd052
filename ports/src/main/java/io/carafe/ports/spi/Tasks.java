package io.carafe.ports.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Threads for backends. All are virtual and named.
 *
 * <p>Concurrency: safe for use by any number of threads.
 */
public interface Tasks {
    /**
     * Runs all and waits for all; results in the order given. The first failure cancels the others by interrupt and is
     * thrown after all have ended; a checked one arrives as the cause of an IllegalStateException.
     *
     * @param limit how many run at once
     */
    <T> List<T> all(String name, int limit, List<Callable<T>> work) throws InterruptedException;

    /**
     * Runs one piece of work with a deadline; after it the work is interrupted and given up.
     *
     * @throws io.carafe.domain.fault.Fault.TimedOut naming {@code name} after {@code deadline}
     */
    <T> T within(String name, Duration deadline, Callable<T> work) throws InterruptedException;

    /** Starts a thread that lives until its work returns, or until the daemon ends; failures are logged. */
    Thread background(String name, Runnable work);
}
