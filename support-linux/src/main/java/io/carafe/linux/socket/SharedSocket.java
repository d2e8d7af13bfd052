package io.carafe.linux.socket;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.poll.Readiness;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A non-blocking socket that one thread may close while others wait for it.
 *
 * <p>Every call on the descriptor is made under a lock and only while it is open, because its number is somebody else's after
 * closing; the waiting in between is outside the lock, and the last thread out closes.
 */
final class SharedSocket {
    /** A call that answers empty if it would have had to wait. */
    interface Attempt<T, E extends Exception> {
        Optional<T> run() throws E;
    }

    /** An action on the open socket. */
    interface Action<E extends Exception> {
        void run() throws E;
    }

    private final Fd fd;
    private final Readiness readiness;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by {@link #lock}. */
    private boolean closed;
    /** Threads that wait for the descriptor. Guarded by {@link #lock}. */
    private int waiting;

    SharedSocket(Fd fd, Readiness readiness) {
        this.fd = fd;
        this.readiness = readiness;
    }

    /** Repeats {@code attempt}, waiting in between, until it has an answer; empty once the socket is closed. */
    <T, E extends Exception> Optional<T> call(Readiness.Interest interest, Attempt<T, E> attempt)
            throws E, InterruptedException {
        while (true) {
            lock.lock();
            try {
                Optional<T> answer = closed ? Optional.empty() : attempt.run();
                if (closed || answer.isPresent()) {
                    return answer;
                }
                waiting++;
            } finally {
                lock.unlock();
            }
            try {
                readiness.await(fd, interest);
            } finally {
                lock.lock();
                try {
                    waiting--;
                    closeIfUnused();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Does {@code action} unless the socket is closed. */
    <E extends Exception> void ifOpen(Action<E> action) throws E {
        lock.lock();
        try {
            if (!closed) {
                action.run();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Closes once; {@code shutdown} wakes those who wait. */
    <E extends Exception> void close(Action<E> shutdown) throws E {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                try {
                    shutdown.run();
                } finally {
                    closeIfUnused();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeIfUnused() {
        if (closed && waiting == 0) {
            fd.close();
        }
    }
}
