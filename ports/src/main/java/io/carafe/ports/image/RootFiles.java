package io.carafe.ports.image;

import java.nio.file.Path;
import java.util.Optional;

/** Looks into a container's root file system from outside without ever following a link out of it. */
public interface RootFiles {
    /**
     * The text of a small file (up to 1 MiB), empty if there is none.
     *
     * @param path absolute, as inside the container
     */
    Optional<String> read(Path root, String path);

    /** Makes a directory and its parents where missing; {@code path} as inside the container. Idempotent. */
    void makeDirectories(Path root, String path);
}
