package io.carafe.application.stream;

import io.carafe.domain.process.TerminalSize;
import io.carafe.ports.spi.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The sizes of a client's terminal. The first can be waited for before there is a process; the process then hears of all.
 *
 * <p>Concurrency: safe. The process is told by a thread of this.
 */
public final class ClientSizes implements AutoCloseable {
    private final CountDownLatch known = new CountDownLatch(1);
    private final CountDownLatch wanted = new CountDownLatch(1);
    private volatile Optional<TerminalSize> first = Optional.empty();
    private volatile Consumer<TerminalSize> process = _ -> {};
    private volatile Optional<Thread> listening = Optional.empty();

    private ClientSizes() {}

    /** Of a client that has no terminal. */
    static ClientSizes none() {
        var sizes = new ClientSizes();
        sizes.known.countDown();
        return sizes;
    }

    static ClientSizes listen(Tasks tasks, String name, ClientStreams client) {
        var sizes = new ClientSizes();
        sizes.listening = Optional.of(tasks.background(name, () -> sizes.listen(client)));
        return sizes;
    }

    private void listen(ClientStreams client) {
        try {
            first = client.nextSize();
            known.countDown();
            wanted.await();
            for (var size = first; size.isPresent(); size = client.nextSize()) {
                process.accept(size.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            known.countDown();
        }
    }

    /** Waits until it is known, there will be none, or {@code limit} has passed. */
    public Optional<TerminalSize> first(Duration limit) throws InterruptedException {
        boolean _ = known.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        return first;
    }

    /** Tells all, the first too. */
    void to(Consumer<TerminalSize> told) {
        process = told;
        wanted.countDown();
    }

    /** Listens no more. */
    @Override
    public void close() {
        listening.ifPresent(Thread::interrupt);
    }
}
