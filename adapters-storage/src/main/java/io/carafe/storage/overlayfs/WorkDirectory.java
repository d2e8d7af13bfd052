package io.carafe.storage.overlayfs;

import io.carafe.linux.file.FileEntry;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where everything is made before it gets its place by a rename, and where everything goes before it is removed. So what a crash
 * leaves half made or half removed lies here, and is swept at the next start.
 */
final class WorkDirectory {
    private final Path path;

    WorkDirectory(Path path) throws IOException {
        this.path = Files.createDirectories(path);
    }

    /** Removes what is there now, in the background: it may be large, and nobody waits for it. */
    void sweep(Tasks tasks) throws IOException {
        List<Path> left;
        try (Stream<Path> children = Files.list(path)) {
            left = children.toList();
        }
        if (!left.isEmpty()) {
            tasks.background("sweep-storage", () -> left.forEach(WorkDirectory::remove));
        }
    }

    /** A new directory. */
    Path make(String purpose) throws IOException {
        return Files.createDirectory(place(purpose));
    }

    /** A name that nothing has yet. */
    Path place(String purpose) {
        return path.resolve(purpose + "-" + UUID.randomUUID());
    }

    /** Removes a tree with all that is mounted in it. Idempotent. */
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
