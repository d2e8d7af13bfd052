package io.carafe.application.image;

import io.carafe.domain.image.Digest;
import io.carafe.ports.image.Snapshotter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Removes layers that no image names; those under a container's root file system stay until it is removed. */
public final class LayerCollector {
    private final Images images;
    private final Snapshotter snapshotter;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    public LayerCollector(Images images, Snapshotter snapshotter) {
        this.images = images;
        this.snapshotter = snapshotter;
    }

    /** While it is open no layer is removed: a pull has layers that no image names yet. */
    public interface Paused extends AutoCloseable {
        @Override
        void close();
    }

    public Paused pause() throws InterruptedException {
        lock.readLock().lockInterruptibly();
        return lock.readLock()::unlock;
    }

    /** Does nothing while a pull is under way: the next removal, or the next start, does it. */
    public void collect() {
        if (!lock.writeLock().tryLock()) {
            return;
        }
        try {
            Set<Digest> unnamed = new HashSet<>(snapshotter.layers());
            images.all().forEach(image -> image.config().diffIds().forEach(unnamed::remove));
            if (!unnamed.isEmpty()) {
                snapshotter.removeLayers(unnamed);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
