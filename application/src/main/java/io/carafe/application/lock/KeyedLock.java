package io.carafe.application.lock;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One reentrant lock per key; a key that nobody holds or waits for takes no memory. */
public final class KeyedLock {
    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** Held until closed, by the thread that took it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    public Held lock(String key) throws InterruptedException {
        Entry entry = enter(key);
        try {
            entry.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            leave(key);
            throw e;
        }
        return release(key, entry);
    }

    /** For callbacks that must not be lost. */
    public Held lockUninterruptibly(String key) {
        Entry entry = enter(key);
        entry.lock.lock();
        return release(key, entry);
    }

    private Held release(String key, Entry entry) {
        return () -> {
            entry.lock.unlock();
            leave(key);
        };
    }

    private Entry enter(String key) {
        return entries.compute(key, (k, present) -> {
            Entry entry = present == null ? new Entry() : present;
            entry.users++;
            return entry;
        });
    }

    private void leave(String key) {
        entries.computeIfPresent(key, (k, entry) -> --entry.users == 0 ? null : entry);
    }
}
