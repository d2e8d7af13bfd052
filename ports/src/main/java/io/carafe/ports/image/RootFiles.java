package io.carafe.ports.image;

import java.nio.file.Path;
import java.util.Optional;

/** Looks into a container's root file system from outside without ever following a link out of it. */
public interface RootFiles {
    /**
     * The text of a small file (up to 1 MiB), empty if there is none.
     *
     * @param path absolute, as inside the container
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if it is larger, no regular file, or a circle of links
     */
    Optional<String> read(Path root, String path);

    /**
     * Makes a directory and its parents where missing; {@code path} as inside the container. Idempotent.
     *
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if a file is in the way
     */
    void makeDirectories(Path root, String path);
}
