package io.carafe.oci.bundle;

import io.carafe.domain.spec.OciSpec;
import io.carafe.linux.file.FileEntry;
import io.carafe.linux.libc.LinuxException;
import io.carafe.oci.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A bundle and all that belongs to one container on disk.
 *
 * <p>Crash: a directory with or without its config.json; {@link #remove} takes either.
 */
public record Bundle(Path directory) {
    public Path config() {
        return directory.resolve("config.json");
    }

    /** A root file system of the bundle's own; containers of images have theirs elsewhere. */
    public Path rootfs() {
        return directory.resolve("rootfs");
    }

    public boolean exists() {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directory; fails if it is there. */
    public void make() throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Files.createDirectory(directory);
    }

    public void write(OciSpec spec) throws IOException {
        SpecJson.write(spec, config());
    }

    /**
     * Removes everything in it. Idempotent.
     *
     * @throws LinuxException EBUSY if something is mounted in it
     */
    public void remove() {
        try (FileEntry entry = FileEntry.of(directory)) {
            entry.remove();
        } catch (LinuxException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }
}
