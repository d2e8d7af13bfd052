package io.carafe.application.container;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.stream.ClientStreams;
import io.carafe.application.stream.ProcessRelay;
import io.carafe.application.stream.StreamRequest;
import io.carafe.application.stream.StreamSet;
import io.carafe.application.stream.StreamTicket;
import io.carafe.application.stream.StreamTickets;
import io.carafe.domain.container.Container;
import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.RuntimeFeature;
import java.io.IOException;

/** CRI Attach: gives a ticket for the streams of a container's process, and carries them for the client that comes with it. */
public final class Attach {
    private final Inventory inventory;
    private final Handlers handlers;
    private final StreamTickets tickets;
    private final ProcessRelay relay;

    public Attach(Inventory inventory, Handlers handlers, StreamTickets tickets, ProcessRelay relay) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.tickets = tickets;
        this.relay = relay;
    }

    /** @throws Fault.WrongState unless the container runs */
    public StreamTicket attach(String idOrPrefix, StreamSet streams) {
        Container container = inventory.container(idOrPrefix);
        ContainerLookup.requireRunning(container, "attach to");
        handlers.require(container.handler(), RuntimeFeature.ATTACH, "attach to container " + container.id());
        return tickets.issue(new StreamRequest.Attach(container.id(), streams));
    }

    /**
     * Returns when the container has ended. An interrupt detaches; the container runs on.
     *
     * @throws Fault.Unavailable if the client does not take the output
     */
    public void run(StreamRequest.Attach request, ClientStreams client) throws InterruptedException {
        String name = "attach to container " + request.container();
        Container container = inventory.container(request.container().value());
        ContainerLookup.requireRunning(container, "attach to");
        var containers = handlers.of(container.handler()).containers();
        try (var sizes = relay.sizes(name, client, request.streams());
                AttachedStreams process = relay.open(name, () -> containers.attach(container.id()))) {
            relay.carry(name, process, client, request.streams(), sizes);
        } catch (IOException e) {
            throw new Fault.Unavailable(name + ": " + e.getMessage(), e);
        }
    }
}
