package io.carafe.linux.namespace;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs code on a platform thread of its own that ends with it, for calls that change what the thread is in: such a thread must never
 * serve anybody else.
 *
 * <p>Units: some 100 µs a thread. Concurrency: safe; the caller may be virtual and holds no carrier while it waits.
 */
final class NamespaceThread<T> {
    private final Callable<T> work;
    private Optional<T> result = Optional.empty();
    private @Nullable Exception failure;

    private NamespaceThread(Callable<T> work) {
        this.work = work;
    }

    /**
     * Answers what {@code work} answers, or throws what it throws. An interrupt of the caller interrupts the work, which still is
     * waited for; if it succeeds nevertheless, its result is answered and the interrupt kept.
     */
    static <T> T call(String name, Callable<T> work) throws Exception {
        NamespaceThread<T> call = new NamespaceThread<>(work);
        Thread thread = Thread.ofPlatform().daemon().name(name).start(call::run);
        boolean interrupted = join(thread);
        if (call.failure != null) {
            if (interrupted) {
                InterruptedException stopped = new InterruptedException(name);
                stopped.initCause(call.failure);
                throw stopped;
            }
            throw call.failure;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return call.result.orElseThrow();
    }

    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
    }

    // the caller reads both fields after join, which makes them visible
    private void run() {
        try {
            result = Optional.of(work.call());
        } catch (Exception e) {
            failure = e;
        }
    }
}
