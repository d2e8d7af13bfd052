package io.carafe.application.sandbox;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.stream.ConnectionRelay;
import io.carafe.application.stream.StreamRequest;
import io.carafe.application.stream.StreamTicket;
import io.carafe.application.stream.StreamTickets;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.RuntimeFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** CRI PortForward: gives a ticket for connections into a pod, and makes each that the client with the ticket asks for. */
public final class PortForward {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Inventory inventory;
    private final Handlers handlers;
    private final StreamTickets tickets;
    private final ConnectionRelay relay;

    public PortForward(Inventory inventory, Handlers handlers, StreamTickets tickets, ConnectionRelay relay) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.tickets = tickets;
        this.relay = relay;
    }

    /**
     * Gives a ticket.
     *
     * @param ports the only ones it is good for; none for any
     * @throws Fault.WrongState unless the sandbox is ready
     */
    public StreamTicket portForward(String idOrPrefix, List<Integer> ports) {
        PodSandbox sandbox = ready(idOrPrefix);
        handlers.require(sandbox.handler(), RuntimeFeature.PORT_FORWARD, "port-forward to pod sandbox " + sandbox.id());
        return tickets.issue(new StreamRequest.PortForward(sandbox.id(), ports));
    }

    /**
     * Makes one connection and carries both directions, each to its own end. An interrupt ends both.
     *
     * @throws Fault.InvalidArgument if the ticket is not good for this port
     * @throws Fault.Unavailable if nothing listens there, or the client is gone
     */
    public void connect(StreamRequest.PortForward request, int port, InputStream fromClient, OutputStream toClient)
            throws InterruptedException {
        PodSandbox sandbox = ready(request.sandbox().value());
        String name = "port-forward to port " + port + " of pod sandbox " + sandbox.id();
        if (!request.ports().isEmpty() && !request.ports().contains(port)) {
            throw new Fault.InvalidArgument(name + ": only " + request.ports() + " were asked for");
        }
        var target = new PortForwardTarget(
                Optional.ofNullable(sandbox.namespaces().get(NamespaceType.NETWORK)),
                sandbox.network().ips(),
                port);
        try (ByteStream connection =
                handlers.of(sandbox.handler()).sandboxes().portForward(sandbox.id(), target, CONNECT)) {
            relay.carry(name, connection, fromClient, toClient);
        } catch (IOException e) {
            throw new Fault.Unavailable(name + ": " + e.getMessage(), e);
        }
    }

    private PodSandbox ready(String idOrPrefix) {
        PodSandbox sandbox = inventory.sandbox(idOrPrefix);
        if (!sandbox.isReady()) {
            throw new Fault.WrongState("port-forward to pod sandbox " + sandbox.id() + ": it is not ready");
        }
        return sandbox;
    }
}
