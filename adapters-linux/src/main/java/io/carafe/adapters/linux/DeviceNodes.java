package io.carafe.adapters.linux;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.spec.OciDevice;
import io.carafe.linux.file.FileStatus;
import io.carafe.linux.file.FileType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The device nodes at and below a path of the host.
 *
 * <p>A container has terminals, shared memory, message queues and a console of its own: those of the host are left out, as runc does.
 */
record DeviceNodes(Path path) {
    private static final Set<String> OWN_OF_A_CONTAINER =
            Set.of("pts", "shm", "fd", "mqueue", "console", ".udev", ".lxc", ".lxd-mounts");

    /** @throws Fault.NotFound if there is none */
    List<OciDevice> find() throws IOException {
        List<OciDevice> found = new ArrayList<>();
        if (Files.isDirectory(path)) {
            below(path, found);
        } else {
            // a link such as /dev/cdrom stands for the device that it leads to
            Optional<Path> target = Files.exists(path) ? Optional.of(path.toRealPath()) : Optional.empty();
            target.flatMap(FileStatus::of)
                    .flatMap(status -> device(path, status))
                    .ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw new Fault.NotFound("look for devices at " + path + ": there is no device; correct the path");
        }
        return found;
    }

    private static void below(Path directory, List<OciDevice> found) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (OWN_OF_A_CONTAINER.contains(entry.getFileName().toString())) {
                    continue;
                }
                Optional<FileStatus> status = FileStatus.of(entry);
                if (status.filter(s -> s.type() == FileType.DIRECTORY).isPresent()) {
                    below(entry, found);
                } else {
                    status.flatMap(s -> device(entry, s)).ifPresent(found::add);
                }
            }
        } catch (NoSuchFileException e) {
            // unplugged meanwhile
        }
    }

    private static Optional<OciDevice> device(Path path, FileStatus status) {
        return switch (status.type()) {
            case CHARACTER_DEVICE -> Optional.of(device(path, "c", status));
            case BLOCK_DEVICE -> Optional.of(device(path, "b", status));
            case FIFO, DIRECTORY, REGULAR, SYMBOLIC_LINK, SOCKET -> Optional.empty();
        };
    }

    private static OciDevice device(Path path, String type, FileStatus status) {
        return new OciDevice(
                path.toString(),
                type,
                status.device().major(),
                status.device().minor(),
                OptionalInt.of(status.mode()),
                Optional.of(Integer.toUnsignedLong(status.user())),
                Optional.of(Integer.toUnsignedLong(status.group())));
    }
}
