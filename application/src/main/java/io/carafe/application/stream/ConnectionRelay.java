package io.carafe.application.stream;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.spi.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;

/** Carries bytes both ways between a client and a connection, each direction to its own end. */
public final class ConnectionRelay {
    private static final int CHUNK = 32 * 1024;

    private final Tasks tasks;

    public ConnectionRelay(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Returns when both directions have ended. A connection that breaks is an end of what comes from it; what the client sends
     * then is dropped.
     *
     * @throws Fault.Unavailable if the client is gone
     */
    public void carry(String name, ByteStream connection, InputStream fromClient, OutputStream toClient)
            throws InterruptedException {
        List<Callable<Long>> directions = List.of(
                () -> toConnection(name, fromClient, connection.output()),
                () -> toClient(name, connection.input(), toClient));
        tasks.all(name, directions.size(), directions);
    }

    private static long toConnection(String name, InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        long taken = 0;
        boolean broken = false;
        for (int n = readClient(name, from, chunk); n >= 0; n = readClient(name, from, chunk)) {
            try {
                if (!broken) {
                    to.write(chunk, 0, n);
                    taken += n;
                }
            } catch (IOException e) {
                broken = true;
            }
        }
        try {
            to.close();
        } catch (IOException e) {
            return taken; // it broke before, which the other direction tells
        }
        return taken;
    }

    private static int readClient(String name, InputStream from, byte[] chunk) {
        try {
            return from.read(chunk);
        } catch (IOException e) {
            throw new Fault.Unavailable(name + ": the client: " + e.getMessage(), e);
        }
    }

    private static long toClient(String name, InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        long all = 0;
        try {
            for (int n = readConnection(from, chunk); n >= 0; n = readConnection(from, chunk)) {
                to.write(chunk, 0, n);
                all += n;
            }
            to.close();
            return all;
        } catch (IOException e) {
            throw new Fault.Unavailable(name + ": the client: " + e.getMessage(), e);
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
}
