package io.carafe.linux.libc;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A platform thread for kernel calls that can take long: syncing, walking, writing and removing trees. On a virtual thread they
 * would hold its carrier, of which there are no more than processors, and a slow disk could stop the whole daemon.
 */
public final class OwnThread {
    private OwnThread() {}

    /** Work with a result that may fail with {@code E}. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E, InterruptedException;
    }

    private sealed interface Outcome<T> {
        record Result<T>(T value) implements Outcome<T> {}

        record Failure<T>(Throwable cause) implements Outcome<T> {}
    }

    /**
     * Runs {@code work} to its end and answers or throws as it does. An interrupt of the caller is passed on to the work and does
     * not cut the waiting short; work that does not heed it is waited for.
     */
    @SuppressWarnings("unchecked") // work throws E, or what needs no declaration
    public static <T, E extends Exception> T call(String name, Work<T, E> work) throws E, InterruptedException {
        AtomicReference<Optional<Outcome<T>>> outcome = new AtomicReference<>(Optional.empty());
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> outcome.set(Optional.of(outcomeOf(work))));
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (outcome.get().orElseThrow()) {
            case Outcome.Result<T> result -> {
                return result.value();
            }
            case Outcome.Failure<T> failure -> {
                switch (failure.cause()) {
                    case Error error -> throw error;
                    case InterruptedException ended -> {
                        Thread.interrupted();
                        throw ended;
                    }
                    default -> throw (E) failure.cause();
                }
            }
        }
    }

    private static <T, E extends Exception> Outcome<T> outcomeOf(Work<T, E> work) {
        try {
            return new Outcome.Result<>(work.run());
        } catch (Throwable e) {
            return new Outcome.Failure<>(e);
        }
    }
}
