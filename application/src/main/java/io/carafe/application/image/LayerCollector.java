package io.carafe.application.image;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.ports.image.Snapshotter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Removes layers that no image names; those under a container's root file system stay until it is removed. */
public final class LayerCollector {
    private static final System.Logger LOG = System.getLogger(LayerCollector.class.getName());

    private final Images images;
    private final Snapshotter snapshotter;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicBoolean owed = new AtomicBoolean();

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
        return () -> {
            lock.readLock().unlock();
            if (owed.get()) {
                collectOwed();
            }
        };
    }

    /** Not the failure of the pull that made it wait. */
    private void collectOwed() {
        try {
            collect();
        } catch (Fault e) {
            LOG.log(System.Logger.Level.WARNING, "remove layers that no image names: " + e.getMessage(), e);
        }
    }

    /** While a pull is under way it is left to the end of the last one. */
    public void collect() {
        owed.set(true);
        if (!lock.writeLock().tryLock()) {
            return;
        }
        try {
            owed.set(false);
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
