package io.carafe.oci.stdio;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One output stream for any number of clients, each of which gets what is written from its coming on.
 *
 * <p>A client that takes nothing for {@link #PATIENCE} is given up: while it is waited for, the process and its log stand still.
 * Concurrency: one writer; clients come and go on any thread.
 */
public final class FanOut {
    /** How long a client that does not read may stop a container. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int BUFFER = 1 << 18;

    private final List<BoundedPipe> clients = new CopyOnWriteArrayList<>();
    private boolean ended;

    /** A client's end; closing it is leaving. After the end of the stream it is at its end at once. */
    public synchronized InputStream join() {
        BoundedPipe client = new BoundedPipe(BUFFER, Optional.of(PATIENCE));
        if (ended) {
            client.end(Optional.empty());
        } else {
            clients.add(client);
        }
        return client;
    }

    void write(byte[] bytes) throws InterruptedException {
        List<BoundedPipe> gone = new ArrayList<>();
        for (BoundedPipe client : clients) {
            if (client.isClosed() || !client.write(bytes, 0, bytes.length)) {
                gone.add(client);
            }
        }
        for (BoundedPipe client : gone) {
            clients.remove(client);
            client.end(Optional.of("detached: nothing was read for " + PATIENCE.toSeconds()
                    + " s, and the container must not wait longer; attach again"));
        }
    }

    /** Nothing more will come. Idempotent. */
    public synchronized void end() {
        ended = true;
        clients.forEach(client -> client.end(Optional.empty()));
        clients.clear();
    }
}
