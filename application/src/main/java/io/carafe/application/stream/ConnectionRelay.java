package io.carafe.application.stream;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Carries bytes both ways between a client and a connection, each direction to its own end. */
public final class ConnectionRelay {
    private static final int CHUNK = 32 * 1024;
    /** Older clients wait for us to end what they themselves keep open after the answer. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Tasks tasks;

    public ConnectionRelay(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Returns when both directions have ended, or that from the connection has and the client is silent for a second. A connection
     * that breaks is an end of what comes from it; what the client sends then is dropped.
     *
     * @throws Fault.Unavailable if the client is gone
     */
    public void carry(String name, ByteStream connection, InputStream fromClient, OutputStream toClient)
            throws InterruptedException {
        var exchange = new Exchange(name);
        List<Callable<Boolean>> directions = List.of(
                () -> exchange.send(fromClient, connection.output()),
                () -> exchange.answer(connection.input(), toClient),
                exchange::endAfterAnswer);
        tasks.all(name, directions.size(), directions);
    }

    private static final class Exchange {
        private final String name;
        private final CountDownLatch sent = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile Optional<Thread> sender = Optional.empty();
        private final AtomicLong taken = new AtomicLong();
        private volatile boolean over;

        Exchange(String name) {
            this.name = name;
        }

        boolean send(InputStream from, OutputStream to) {
            sender = Optional.of(Thread.currentThread());
            try {
                boolean whole = copy(from, to);
                to.close();
                return whole;
            } catch (IOException e) {
                return false; // it broke before, which the other direction tells
            } finally {
                sent.countDown();
            }
        }

        private boolean copy(InputStream from, OutputStream to) {
            byte[] chunk = new byte[CHUNK];
            boolean whole = true;
            for (int n = readClient(from, chunk); n >= 0; n = readClient(from, chunk)) {
                try {
                    if (whole) {
                        to.write(chunk, 0, n);
                    }
                } catch (IOException e) {
                    whole = false;
                }
                taken.addAndGet(n);
            }
            return whole;
        }

        private int readClient(InputStream from, byte[] chunk) {
            try {
                return from.read(chunk);
            } catch (IOException e) {
                if (over) {
                    return -1;
                }
                throw new Fault.Unavailable(name + ": the client: " + e.getMessage(), e);
            }
        }

        boolean answer(InputStream from, OutputStream to) {
            byte[] chunk = new byte[CHUNK];
            try {
                for (int n = readConnection(from, chunk); n >= 0; n = readConnection(from, chunk)) {
                    to.write(chunk, 0, n);
                }
                to.close();
                return true;
            } catch (IOException e) {
                throw new Fault.Unavailable(name + ": the client: " + e.getMessage(), e);
            } finally {
                answered.countDown();
            }
        }

        /** A reset is an end: a client that reads an error would give up its other connections too. */
        private static int readConnection(InputStream from, byte[] chunk) {
            try {
                return from.read(chunk);
            } catch (IOException e) {
                return -1;
            }
        }

        boolean endAfterAnswer() throws InterruptedException {
            answered.await();
            long before = -1;
            boolean ended = sent.await(0, TimeUnit.NANOSECONDS);
            while (!ended && before != taken.get()) {
                before = taken.get();
                ended = sent.await(SILENCE.toNanos(), TimeUnit.NANOSECONDS);
            }
            over = true;
            if (!ended) {
                sender.ifPresent(Thread::interrupt);
            }
            return ended;
        }
    }
}
