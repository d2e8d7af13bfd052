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

    /** The client has given it up, so no failure is told; whoever says so interrupts {@link #run} too. */
    void giveUp() {
        unwanted = true;
    }

    /** From the connecting to the end of both directions; then both streams are ended. */
    void run() {
        try {
            forward();
            boolean _ = Thread.interrupted();
            received.close();
            error.close();
            sent.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "forwarding to port {0}: {1}", port, e.getMessage());
        } finally {
            received.close();
        }
    }

    private void forward() throws IOException {
        try {
            use.connect(request, port, received, sent);
        } catch (Fault e) {
            if (!unwanted) {
                LOG.log(System.Logger.Level.DEBUG, e::getMessage);
                error.write(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "forwarding to port {0} was given up", port);
        }
    }
}
