package io.carafe.linux.fifo;

import io.carafe.linux.libc.Fd;
import io.carafe.linux.libc.Kernel;
import io.carafe.linux.libc.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The right to read a FIFO, which the last who took it has.
 *
 * <p>Two readers would each get a part. The one before may still be at it: a daemon that was declared dead and hangs. It notices at its
 * next step that it has been replaced.
 *
 * <p>Concurrency: safe, between processes too. Source: flock(2).
 */
public final class ReaderLease implements AutoCloseable {
    private static final int EXCLUSIVE = 2;
    private static final int RELEASE = 8;

    private final Path file;
    private final Fd fd;
    private final String token = UUID.randomUUID().toString();

    private ReaderLease(Path file, Fd fd) {
        this.file = file;
        this.fd = fd;
    }

    /** One step of reading, whole or not at all. */
    public interface Step {
        void run() throws IOException;
    }

    /** Takes the right from whoever has it; returns when its step under way has ended. */
    public static ReaderLease take(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "");
        }
        ReaderLease lease = new ReaderLease(file, Fd.open(file, OpenFlags.READ_WRITE));
        lease.locked(() -> Files.writeString(file, lease.token));
        return lease;
    }

    /** Does {@code step} if nobody has taken the right since; false if somebody has, or the file is gone. */
    public boolean run(Step step) throws IOException {
        boolean[] mine = {false};
        locked(() -> {
            mine[0] = token.equals(holder());
            if (mine[0]) {
                step.run();
            }
        });
        return mine[0];
    }

    @Override
    public void close() {
        fd.close();
    }

    private void locked(Step step) throws IOException {
        Kernel.check(Kernel.libc().flock(fd.number(), EXCLUSIVE), "flock", file);
        try {
            step.run();
        } finally {
            Kernel.libc().flock(fd.number(), RELEASE);
        }
    }

    private String holder() throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            // removed with all that belongs to it
            return "";
        }
    }
}
