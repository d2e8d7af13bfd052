package io.carafe.streaming;

import io.carafe.application.task.Subtasks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads of the sessions under way, so that the daemon's end can wait until their processes are gone. */
final class Sessions {
    private final Subtasks tasks;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Sessions(Subtasks tasks) {
        this.tasks = tasks;
    }

    /** Runs {@code work} on a thread of its own; an interrupt of the thread asks it to end. */
    Thread start(String name, Runnable work) {
        return tasks.background(name, () -> {
            threads.add(Thread.currentThread());
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
    }

    /** Interrupts all and waits for them, but no longer than that. */
    void end(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isPositive()) {
                var _ = thread.join(left);
            }
        }
    }
}
