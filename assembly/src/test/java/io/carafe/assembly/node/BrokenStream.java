package io.carafe.assembly.node;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A client of a stream in a thread of its own. It is to end because the daemon dies, and for no other reason. */
final class BrokenStream {
    private static final int PATIENCE_SECONDS = 30;

    private final String name;
    private final CountDownLatch flowing = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean dead;
    private Thread thread = Thread.currentThread();

    /** What the client does until the stream ends; says {@link #flows()} once data comes. */
    interface Client {
        void use(BrokenStream stream) throws IOException, InterruptedException;
    }

    private BrokenStream(String name) {
        this.name = name;
    }

    static BrokenStream of(String name, Client client) {
        var stream = new BrokenStream(name);
        stream.thread = Thread.ofPlatform().name(name).start(() -> stream.run(client));
        return stream;
    }

    private void run(Client client) {
        try {
            client.use(this);
            fail(new AssertionError(name + " ended while the daemon lived"));
        } catch (SocketTimeoutException e) {
            failure.compareAndSet(null, e);
        } catch (IOException | StatusRuntimeException e) {
            // a connection that the dead daemon had, or a daemon that does not answer
            fail(e);
        } catch (AssertionError | RuntimeException | InterruptedException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void fail(Throwable e) {
        if (!dead) {
            failure.compareAndSet(null, e);
        }
    }

    void flows() {
        flowing.countDown();
    }

    /** Whether data came within a while; a failure is told by {@link #assertBroken()}. */
    boolean awaitFlowing() throws InterruptedException {
        return flowing.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** From now on the end of the stream is expected. */
    void daemonDies() {
        dead = true;
    }

    @Override
    public String toString() {
        return name + (failure.get() == null ? "" : " failed: " + failure.get());
    }

    void assertBroken() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        if (thread.isAlive()) {
            throw new AssertionError(name + " has outlived the daemon");
        }
        Throwable found = failure.get();
        if (found != null) {
            throw new AssertionError(name + " failed: " + found, found);
        }
    }
}
