package io.carafe.cni;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths that a network namespace was pinned at. */
final class NetworkNamespacePath {
    private NetworkNamespacePath() {}

    /**
     * Whether something is mounted there. When the mount is gone its mount point may be left, an ordinary file, at which
     * plugins fail instead of seeing that the namespace is gone.
     */
    static boolean isAlive(Path path) {
        try {
            Path parent = path.toAbsolutePath().getParent();
            return parent != null
                    && Files.exists(path)
                    && !Files.getAttribute(path, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"));
        } catch (IOException _) {
            return false;
        }
    }
}
