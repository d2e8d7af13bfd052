package io.carafe.oci.stdio;

import io.carafe.linux.fifo.FifoReader;
import io.carafe.linux.libc.LinuxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Carries one output of a command from its FIFO to whoever wants it; nothing of it outlives the daemon.
 *
 * <p>Concurrency: {@link #run} on a thread of its own, which an interrupt ends.
 */
public final class StreamPump {
    /** Where the bytes go. */
    public interface Sink {
        /** False if no more are wanted. */
        boolean accept(byte[] bytes) throws InterruptedException;

        /** Nothing more will come. */
        void end(Optional<String> failure);
    }

    private final FifoReader fifo;
    private final Sink sink;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** A pump that owns {@code fifo}, which was opened before its writer. */
    public StreamPump(FifoReader fifo, Sink sink) {
        this.fifo = fifo;
        this.sink = sink;
    }

    /** Until all writers have left, the sink wants no more, or it is interrupted. Never throws. */
    public void run() {
        Optional<String> failure = Optional.empty();
        try (fifo) {
            fifo.awaitWriter();
            Optional<byte[]> bytes = fifo.read();
            while (bytes.isPresent()) {
                if (bytes.get().length == 0) {
                    fifo.awaitMore();
                } else if (!sink.accept(bytes.get())) {
                    return;
                }
                bytes = fifo.read();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LinuxException e) {
            failure = Optional.of("read " + fifo + ": " + e.getMessage());
        } finally {
            sink.end(failure);
            ended.countDown();
        }
    }

    /** Waits for the end of the stream; false if it has not come within {@code timeout}. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
