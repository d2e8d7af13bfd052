package io.carafe.streaming;

import io.carafe.application.sandbox.PortForward;
import io.carafe.application.stream.StreamRequest;
import io.carafe.domain.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One connection of a port-forward: its bytes on one stream, what went wrong as text on another. */
final class ForwardedConnection {
    private static final System.Logger LOG = System.getLogger(ForwardedConnection.class.getName());

    private final PortForward use;
    private final StreamRequest.PortForward request;
    private final int port;
    private final Inbox received;
    private final Outbox sent;
    private final Outbox error;
    private volatile boolean unwanted;

    ForwardedConnection(
            PortForward use, StreamRequest.PortForward request, int port, Inbox received, Outbox sent, Outbox error) {
        this.use = use;
        this.request = request;
        this.port = port;
        this.received = received;
        this.sent = sent;
        this.error = error;
    }

    int port() {
        return port;
    }

    /** The client has given it up, so no failure is told; whoever says so interrupts {@link #forward} too. */
    void giveUp() {
        unwanted = true;
    }

    /** From the connecting to the end of both directions; a failure is told. */
    void forward() {
        try {
            use.connect(request, port, received, sent);
        } catch (Fault e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "forwarding to port {0} was given up", port);
        }
    }

    /** Tells why there is no connection. */
    void refuse(String why) {
        if (unwanted) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, () -> why);
        try {
            error.write(why.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "forwarding to port {0}: {1}", port, e.getMessage());
        }
    }

    /** Ends both streams. */
    void end() {
        boolean _ = Thread.interrupted();
        received.close();
        try {
            error.close();
            sent.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "forwarding to port {0}: {1}", port, e.getMessage());
        }
    }
}
