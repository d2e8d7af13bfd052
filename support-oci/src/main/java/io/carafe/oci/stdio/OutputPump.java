package io.carafe.oci.stdio;

import io.carafe.linux.fifo.FifoReader;
import io.carafe.linux.fifo.ReaderLease;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Carries one output of a container from its FIFO to the log and to attached clients.
 *
 * <p>Crash: bytes are looked at, logged, and only then taken from the FIFO. Whoever dies in between leaves them there, and the next pump
 * logs them again: a piece may come twice, none is lost.
 *
 * <p>A log that cannot be written (a full disk) is said once; the container goes on, for a container that stands still helps nobody.
 * Concurrency: {@link #run} on a thread of its own, which an interrupt ends; the rest from any.
 */
public final class OutputPump {
    private static final System.Logger LOG = System.getLogger(OutputPump.class.getName());

    /** Until a writer that may have come shows. */
    private static final Duration OPENING = Duration.ofSeconds(1);

    private final String stream;
    private final FifoReader fifo;
    private final boolean writerWasThere;
    private final Optional<CriLog> log;
    private final FanOut clients;
    private final ReaderLease lease;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean replaced;
    private volatile boolean writerComes;
    private boolean failing;

    /**
     * A pump that owns {@code fifo}.
     *
     * @param stream "stdout" or "stderr"
     * @param writerWasThere whether the FIFO had its writer before {@code fifo} was opened, as after a restart
     */
    public OutputPump(
            String stream,
            FifoReader fifo,
            boolean writerWasThere,
            Optional<CriLog> log,
            FanOut clients,
            ReaderLease lease) {
        this.stream = stream;
        this.fifo = fifo;
        this.writerWasThere = writerWasThere;
        this.log = log;
        this.clients = clients;
        this.lease = lease;
    }

    /** Until all writers have left, another pump has taken over, or it is interrupted. Never throws. */
    public void run() {
        try (fifo) {
            if (!writerWasThere) {
                fifo.awaitWriter();
            }
            begun.countDown();
            while (step()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | LinuxException e) {
            LOG.log(System.Logger.Level.WARNING, "read " + fifo + ": " + e.getMessage() + "; its output is lost");
        } finally {
            clients.end();
            begun.countDown();
            ended.countDown();
        }
    }

    /** Whether it is certain that somebody opens, or has opened, the FIFO for writing: then its end is waited for without a guess. */
    public void expectWriter(boolean comes) {
        writerComes = comes;
    }

    /**
     * Waits, for a process that has ended, for the end of its stream; false if it has not come within {@code timeout}. A stream that
     * nobody is expected to open for writing, and nobody opens within a second, is at its end: its process never ran.
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        boolean neverOpened = !writerComes && !begun.await(OPENING.toNanos(), TimeUnit.NANOSECONDS) && !writerComes;
        return neverOpened || ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** True once another pump has taken over: what is still to come is its to carry. */
    public boolean isReplaced() {
        return replaced;
    }

    private boolean step() throws IOException, InterruptedException {
        Chunk chunk = new Chunk();
        replaced = !lease.run(chunk);
        if (replaced || chunk.bytes.isEmpty()) {
            return false;
        }
        byte[] bytes = chunk.bytes.get();
        if (bytes.length == 0) {
            fifo.awaitMore();
        } else {
            clients.write(bytes);
        }
        return true;
    }

    private void log(byte[] bytes) {
        if (log.isEmpty()) {
            return;
        }
        try {
            log.get().write(stream, bytes);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.WARNING, "log of " + fifo + ": " + e + "; its lines are dropped");
            }
            failing = true;
        }
    }

    /** The step that must not be cut in two by another pump. */
    private final class Chunk implements ReaderLease.Step {
        private Optional<byte[]> bytes = Optional.empty();

        @Override
        public void run() {
            bytes = fifo.peek();
            if (bytes.isPresent() && bytes.get().length > 0) {
                log(bytes.get());
                fifo.take(bytes.get().length);
            }
        }
    }
}
