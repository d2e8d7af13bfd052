package io.carafe.storage.content;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.file.RootedDirectory;
import io.carafe.linux.libc.LinuxException;
import io.carafe.ports.image.RootFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Looks into a root with the kernel resolving every path inside it, also while a container changes the tree. */
public final class FileRootFiles implements RootFiles {
    private static final int MAX_SIZE = 1 << 20;

    @Override
    public Optional<String> read(Path root, String path) {
        String attempted = "read " + path + " in root " + root;
        try (RootedDirectory directory = RootedDirectory.open(root)) {
            return directory.read(path, MAX_SIZE).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (LinuxException e) {
            throw fault(attempted, e);
        } catch (UncheckedIOException e) {
            throw DiskFaults.of(attempted, new IOException(e));
        }
    }

    @Override
    public void makeDirectories(Path root, String path) {
        try (RootedDirectory directory = RootedDirectory.open(root)) {
            directory.makeDirectories(path);
            if (!directory.isDirectory(path)) {
                throw new Fault.InvalidArgument("make directory " + path + " in root " + root + ": a file is there");
            }
        } catch (LinuxException e) {
            throw fault("make directory " + path + " in root " + root, e);
        }
    }

    /** What the tree is made so is the image's or the request's fault, the rest the disk's. */
    private static Fault fault(String attempted, LinuxException cause) {
        return switch (cause.errno()) {
            case EINVAL, EFBIG, ELOOP, ENOTDIR, EISDIR, EEXIST, ENAMETOOLONG ->
                new Fault.InvalidArgument(attempted + ": " + cause.getMessage(), cause);
            default -> DiskFaults.of(attempted, cause);
        };
    }
}
