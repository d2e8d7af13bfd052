package io.carafe.registry.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A map that forgets its least recently used entry beyond a number of entries. Values are made outside the lock.
 *
 * <p>Concurrency: safe.
 */
public final class BoundedCache<K, V> {
    private final int limit;

    @GuardedBy("this")
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

    public BoundedCache(int limit) {
        this.limit = limit;
    }

    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized void put(K key, V value) {
        entries.put(key, value);
        if (entries.size() > limit) {
            entries.remove(entries.firstEntry().getKey());
        }
    }

    public synchronized void remove(K key) {
        entries.remove(key);
    }
}
