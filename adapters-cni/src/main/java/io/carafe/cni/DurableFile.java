package io.carafe.cni;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there in whole or not at all, also after a power cut.
 *
 * <p>Concurrency: safe for distinct paths; a leftover {@code .new} beside it is of a write that was cut short.
 */
final class DurableFile {
    static final String UNFINISHED = ".new";

    private DurableFile() {}

    static void write(Path target, byte[] content) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        try (var channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(target);
    }

    static void delete(Path target) throws IOException {
        if (Files.deleteIfExists(target)) {
            syncDirectory(target);
        }
    }

    /** The name of {@code file} is on the disk only when its directory is: fsync(2). */
    private static void syncDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
