package io.carafe.storage.records;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A folder whose files are replaced as a whole and are on disk when a call returns. No call can be cut short by an interrupt of
 * its thread.
 */
final class RecordDirectory {
    private static final String TEMPORARY = ".tmp-";

    private final Path path;

    /** Makes the folder where it is missing, and removes what saves that were cut off have left in it. */
    RecordDirectory(Path path) throws IOException {
        this.path = path;
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            sync(path.getParent() == null ? path : path.getParent());
        }
        for (Path left : matching(TEMPORARY + "*")) {
            Files.deleteIfExists(left);
        }
    }

    Path path() {
        return path;
    }

    List<Path> matching(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, glob)) {
            files.forEach(found::add);
        }
        return found;
    }

    void replace(String name, byte[] content) throws IOException {
        Path temporary = path.resolve(TEMPORARY + UUID.randomUUID());
        try {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // a stream, not a channel: an interrupt would close the channel in the middle
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(content);
                out.getFD().sync();
            }
            Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        sync(path);
    }

    void delete(String name) throws IOException {
        if (Files.deleteIfExists(path.resolve(name))) {
            sync(path);
        }
    }

    void rename(Path file, String name) throws IOException {
        Files.move(file, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(path);
    }

    /** Puts the folder's names on disk. A channel is the only way the JDK has, and an interrupt closes it: then again. */
    private static void sync(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
