package io.carafe.assembly.daemon;

import java.util.concurrent.Semaphore;

/** Asked for at any time, before the start too; however many come until the next reload begins, they are one. Thread-safe. */
public final class ReloadRequests {
    private final Semaphore asked = new Semaphore(0);
    private volatile boolean closed;

    /** A reload begins after this. Never waits: it is called by a signal. */
    public void ask() {
        asked.release();
    }

    /** Waits for the next one; false if there will be none any more. */
    boolean await() throws InterruptedException {
        asked.acquire();
        asked.drainPermits();
        return !closed;
    }

    /** What was asked for and has not begun is not done any more. */
    void close() {
        closed = true;
        asked.release();
    }
}
