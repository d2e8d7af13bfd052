package io.carafe.streaming;

import io.carafe.application.stream.StreamSession;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one port-forward session. When the client goes, what it has sent still gets a moment to reach the pod: each
 * connection ends by itself when it has read that.
 */
final class Forwards implements Client {
    private static final Duration LAST_BYTES = Duration.ofSeconds(5);

    /** Connections at a time: the bound of streams in flight counts the session as one. */
    static final int MOST = 256;

    private record Running(ForwardedConnection connection, Thread thread) {
        void giveUp() {
            connection.giveUp();
            thread.interrupt();
        }
    }

    private final StreamSession ticket;
    private final ClientLink link;
    private final Sessions sessions;
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST);

    Forwards(StreamSession ticket, ClientLink link, Sessions sessions) {
        this.ticket = ticket;
        this.link = link;
        this.sessions = sessions;
    }

    /** On the loop. {@code done} is called by the connection's thread. */
    void start(int key, ForwardedConnection connection, Runnable done) {
        // a thread that has ended at once takes its entry out after it was put in
        running.compute(
                key,
                (_, _) -> new Running(connection, sessions.start("port-forward " + key, () -> {
                    try {
                        forward(connection);
                    } finally {
                        connection.end();
                        running.remove(key);
                        done.run();
                    }
                })));
    }

    private void forward(ForwardedConnection connection) {
        if (!places.tryAcquire()) {
            connection.refuse("forward to port " + connection.port() + ": this port-forward has " + MOST
                    + " connections open, the most that one may have; close some, or start another port-forward");
            return;
        }
        try {
            connection.forward();
        } finally {
            places.release();
        }
    }

    void giveUp(int key) {
        Running one = running.get(key);
        if (one != null) {
            one.giveUp();
        }
    }

    @Override
    public void gone() {
        ticket.close();
        if (!running.isEmpty()) {
            var _ = link.channel()
                    .eventLoop()
                    .schedule(
                            () -> running.values().forEach(Running::giveUp),
                            LAST_BYTES.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void end(String why) {
        running.values().forEach(Running::giveUp);
        link.closeSoon();
    }
}
