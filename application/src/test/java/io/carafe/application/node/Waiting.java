package io.carafe.application.node;

import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call in a thread of its own, which is held at its first call of a port by that name until it is let go. */
public final class Waiting<T> {
    private static final Duration LONG_ENOUGH = Duration.ofMillis(100);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final FutureTask<T> call;
    private final Thread thread;

    private Waiting(TestDaemon daemon, String port, Callable<T> work) {
        daemon.ports.before(port, () -> {
            arrived.countDown();
            letGo.await();
        });
        this.call = new FutureTask<>(work);
        this.thread = new Subtasks().background("waiting at " + port, call);
    }

    /** Returns when the call is there. */
    public static <T> Waiting<T> at(TestDaemon daemon, String port, Callable<T> work) throws InterruptedException {
        var waiting = new Waiting<>(daemon, port, work);
        waiting.arrived.await();
        return waiting;
    }

    /** Begins a call that must not get to that port as things are; looks for as long as a wrong one would need. */
    public static <T> Waiting<T> keptFrom(TestDaemon daemon, String port, Callable<T> work)
            throws InterruptedException {
        var waiting = new Waiting<>(daemon, port, work);
        if (waiting.arrived.await(LONG_ENOUGH.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it came to " + port);
        }
        return waiting;
    }

    /** What a caller does whose deadline ran out. */
    public void hangUp() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    public void go() {
        letGo.countDown();
    }

    public T result() throws InterruptedException {
        return Subtasks.join("waiting", call);
    }

    /** The fault it ended with. */
    public Optional<Fault> fault() throws InterruptedException {
        try {
            result();
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e);
        }
    }
}
