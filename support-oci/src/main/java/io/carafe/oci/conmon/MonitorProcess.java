package io.carafe.oci.conmon;

import io.carafe.domain.process.ProcessIdentity;
import io.carafe.linux.process.ProcessTable;
import io.carafe.oci.cli.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A conmon that we have just started, with its pipes. It outlives us.
 *
 * <p>Order of calls: {@link #identity} (to write it down), {@link #begin}, {@link #message}, {@link #release}. Concurrency: one
 * thread, but {@link #kill} may come from any and ends the others' waits.
 */
public final class MonitorProcess {
    private final Process process;

    MonitorProcess(Process process) {
        this.process = process;
    }

    /** Who it is, for the record; it stays the same when the shell becomes conmon. */
    public ProcessIdentity identity() throws CommandFailure {
        return ProcessTable.HOST
                .identify(process.pid())
                .orElseThrow(() -> new CommandFailure.Killed("conmon " + process.pid() + " ended at once"));
    }

    public long pid() {
        return process.pid();
    }

    /** Lets it go on by one step. */
    public void begin() throws CommandFailure {
        try {
            OutputStream pipe = process.getOutputStream();
            pipe.write(0);
            pipe.flush();
        } catch (IOException e) {
            throw new CommandFailure.Killed(
                    "conmon " + process.pid() + " ended before it could begin: " + e.getMessage());
        }
    }

    /** Waits for the next message of the sync pipe; empty if conmon ends without one. Bounded only by {@link #kill}. */
    public Optional<SyncMessage> message() throws IOException {
        return SyncMessage.read(process.getInputStream());
    }

    /** Waits until the attach socket of an exec is there; empty if conmon ends before. Bounded only by {@link #kill}. */
    public Optional<SyncMessage> attachMessage() throws IOException {
        return SyncMessage.read(process.getErrorStream());
    }

    /** Gives the pipes back; conmon goes on. */
    public void release() {
        closeQuietly(process.getOutputStream());
        closeQuietly(process.getInputStream());
        closeQuietly(process.getErrorStream());
    }

    /** Ends conmon, not what it watches. Idempotent. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end; false if it still runs after {@code timeout}. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** As {@link #awaitEnd(Duration)}, without limit. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    private static void closeQuietly(AutoCloseable pipe) {
        try {
            pipe.close();
        } catch (Exception e) {
            // only our end; there is nothing to save
        }
    }
}
