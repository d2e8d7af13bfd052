package io.carafe.oci.conmon;

import io.carafe.domain.fault.DurationText;
import io.carafe.linux.libc.LinuxException;
import io.carafe.linux.socket.Fifo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/**
 * Commands to a living conmon, a line {@code TYPE HEIGHT WIDTH} each.
 *
 * <p>Concurrency: safe, a line is written whole.
 */
public record ControlFifo(Path path) {
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Sets the size of the container's terminal, in characters; false if conmon is dead. */
    public boolean resize(int width, int height) {
        return send("1 " + height + " " + width + "\n");
    }

    /**
     * Makes conmon write to a new file at the log's path and waits until it does.
     *
     * <p>conmon makes the file under another name and moves it to {@code log}, so a new file there is the answer.
     *
     * @return false if conmon is dead
     * @throws IOException if there is no new file after {@code timeout}
     */
    public boolean reopenLog(Path log, Duration timeout) throws IOException, InterruptedException {
        Optional<Object> before = file(log);
        if (!send("2 0 0\n")) {
            return false;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<Object> now = file(log);
            if (now.isPresent() && !now.equals(before)) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("conmon has made no new " + log + " within " + DurationText.of(timeout));
            }
            Thread.sleep(PAUSE);
        }
    }

    private boolean send(String line) {
        try {
            return Fifo.write(path, line);
        } catch (LinuxException e) {
            if (e.isMissing()) {
                return false;
            }
            throw e;
        }
    }

    /** Device and inode. */
    private static Optional<Object> file(Path path) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
