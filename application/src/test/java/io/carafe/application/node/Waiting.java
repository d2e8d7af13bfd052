package io.carafe.application.node;

import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** A call in a thread of its own, which is held at its first call of a port by that name until it is let go. */
public final class Waiting<T> {
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
