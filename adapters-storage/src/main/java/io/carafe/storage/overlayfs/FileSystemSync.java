package io.carafe.storage.overlayfs;

import io.carafe.linux.file.Durability;
import io.carafe.linux.libc.OwnThread;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gets all that was written so far onto the disk. Callers that come while a sync is under way share the next one, so that layers
 * which are unpacked side by side do not sync one after the other.
 */
final class FileSystemSync {
    private final Path directory;
    private final ReentrantLock running = new ReentrantLock();
    private volatile long started;
    private volatile long completed;

    FileSystemSync(Path directory) {
        this.directory = directory;
    }

    /** When it returns, what the caller had written before is on disk. */
    void sync() throws InterruptedException {
        // one that has started already may have passed what we wrote
        long wanted = started + 1;
        running.lockInterruptibly();
        try {
            if (completed >= wanted) {
                return;
            }
            long mine = started + 1;
            started = mine;
            OwnThread.call("sync-storage", () -> {
                Durability.syncFileSystem(directory);
                return directory;
            });
            completed = mine;
        } finally {
            running.unlock();
        }
    }
}
