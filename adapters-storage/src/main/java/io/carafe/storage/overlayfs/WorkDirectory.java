package io.carafe.storage.overlayfs;

import io.carafe.linux.file.FileEntry;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.libc.OwnThread;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Where everything is made before it gets its place by a rename, and where everything goes before it is removed. So what a crash
 * leaves half made or half removed lies here, and is swept at the next start.
 */
final class WorkDirectory {
    private final Path path;
    private final Tasks tasks;
    /** One removal at a time, or they would keep the disk from those who work. */
    private final Semaphore removals = new Semaphore(1);

    WorkDirectory(Path path, Tasks tasks) throws IOException {
        this.path = Files.createDirectories(path);
        this.tasks = tasks;
    }

    /** Removes what is there now. */
    void sweep() throws IOException {
        try (Stream<Path> children = Files.list(path)) {
            children.toList().forEach(this::discard);
        }
    }

    /** Removes a tree in here in the background: it may be large, and nobody waits for it. What fails is left to the next start. */
    void discard(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        tasks.background("remove-" + tree.getFileName(), () -> {
            try {
                removals.acquire();
                try {
                    OwnThread.call("remove-" + tree.getFileName(), () -> {
                        remove(tree);
                        return tree;
                    });
                } finally {
                    removals.release();
                }
            } catch (InterruptedException e) {
                // the daemon ends; the next start sweeps
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A new directory. */
    Path make(String purpose) throws IOException {
        return Files.createDirectory(place(purpose));
    }

    /** A name that nothing has yet. */
    Path place(String purpose) {
        return path.resolve(purpose + "-" + UUID.randomUUID());
    }

    /** Removes a tree with all that is mounted in it, now. Idempotent. */
    static void remove(Path tree) {
        Mounts.unmountTree(tree);
        try (FileEntry entry = FileEntry.of(tree)) {
            entry.remove();
        } catch (LinuxException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }
}
