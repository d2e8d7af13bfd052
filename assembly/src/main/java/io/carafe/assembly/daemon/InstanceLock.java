package io.carafe.assembly.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Makes a directory this process's alone. The kernel takes the lock back when the process ends, however it ends, and children do
 * not inherit it (fcntl(2)).
 */
public final class InstanceLock implements AutoCloseable {
    private static final String NAME = "carafed.lock";

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StartFailure if another process has it; names its pid */
    public static InstanceLock take(Path directory) throws StartFailure {
        Path file = directory.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Optional<FileLock> lock = lock(channel);
            if (lock.isEmpty()) {
                String owner = read(channel);
                channel.close();
                throw new StartFailure("another carafed (pid " + owner + ") uses " + directory
                        + ": stop it, or give this one directories of its own ([daemon] root and run)");
            }
            channel.truncate(0);
            channel.write(bytes(ProcessHandle.current().pid() + "\n"), 0);
            return new InstanceLock(channel);
        } catch (IOException e) {
            throw new StartFailure("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(32);
        channel.read(content, 0);
        return new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
