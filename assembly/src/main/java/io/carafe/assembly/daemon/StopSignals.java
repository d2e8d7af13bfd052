package io.carafe.assembly.daemon;

import java.util.concurrent.CountDownLatch;

/**
 * The signals that ask the daemon to end (TERM, INT). The JVM answers them by its shutdown hooks and then exits with 128 and
 * the signal's number; ours waits until the daemon has ended in its own time and makes that a 0. From the first signal on the kernel
 * answers: a second one ends the process at once, which the JVM would swallow.
 */
public final class StopSignals {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private final Runnable restore;

    private StopSignals(Runnable restore) {
        this.restore = restore;
    }

    /**
     * From now on a signal only asks.
     *
     * @param restore gives the signals back to the kernel
     */
    public static StopSignals listen(Runnable restore) {
        var signals = new StopSignals(restore);
        Runtime.getRuntime().addShutdownHook(new Thread(signals::shutDown, "signal"));
        return signals;
    }

    /** Waits for the first signal. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** The daemon has ended, well or not; whoever calls this then exits with a status of its own. */
    public void ended() {
        ended.countDown();
    }

    private void shutDown() {
        if (ended.getCount() == 0) {
            return; // no signal, but the exit of a daemon that has ended by itself
        }
        restore.run();
        asked.countDown();
        try {
            ended.await();
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
