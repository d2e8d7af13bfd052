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
import io.carafe.domain.spec.OciProcess;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** CRI Exec: gives a ticket for a command with streams, and runs it for the client that comes with the ticket. */
public final class Exec {
    /** Clients tell it when they hear that their streams are open, so a round trip later; one that tells none is not kept for long. */
    private static final Duration FIRST_SIZE = Duration.ofMillis(100);

    private final Inventory inventory;
    private final Handlers handlers;
    private final StreamTickets tickets;
    private final ProcessRelay relay;

    public Exec(Inventory inventory, Handlers handlers, StreamTickets tickets, ProcessRelay relay) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.tickets = tickets;
        this.relay = relay;
    }

    /** @throws Fault.WrongState unless the container runs */
    public StreamTicket exec(String idOrPrefix, List<String> command, StreamSet streams) {
        Container container = inventory.container(idOrPrefix);
        ContainerLookup.requireRunning(container, "exec in");
        if (streams.tty()) {
            handlers.require(
                    container.handler(),
                    RuntimeFeature.EXEC_TTY,
                    "exec with a terminal in container " + container.id());
        }
        return tickets.issue(new StreamRequest.Exec(container.id(), command, streams));
    }

    /**
     * Runs the command to its end and answers its exit code. An interrupt kills it.
     *
     * @throws Fault.Unavailable if the client does not take the output
     */
    public int run(StreamRequest.Exec request, ClientStreams client) throws InterruptedException {
        String name = "exec in container " + request.container();
        Container container = inventory.container(request.container().value());
        ContainerLookup.requireRunning(container, "exec in");
        OciProcess process = container
                .process()
                .orElseThrow(() -> new Fault.Corrupt(name + ": its record has no process; remove and recreate it"))
                .exec(request.command(), request.streams().tty());
        RuntimeHandler handler = handlers.of(container.handler());
        boolean stdin = request.streams().stdin();
        try (var sizes = relay.sizes(name, client, request.streams())) {
            var plan = new ExecPlan(container.id(), process, sizes.first(FIRST_SIZE));
            try (ExecSession session = relay.open(name, () -> handler.execs().open(plan, stdin))) {
                relay.carry(name, session, client, request.streams(), sizes);
                return session.waitFor();
            }
        } catch (IOException e) {
            throw new Fault.Unavailable(name + ": " + e.getMessage(), e);
        }
    }
}
