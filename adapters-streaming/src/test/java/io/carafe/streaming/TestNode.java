package io.carafe.streaming;

import io.carafe.application.container.Attach;
import io.carafe.application.container.Exec;
import io.carafe.application.handler.ConfiguredHandler;
import io.carafe.application.handler.HandlerTable;
import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Ids;
import io.carafe.application.inventory.Inventory;
import io.carafe.application.sandbox.PortForward;
import io.carafe.application.stream.ConnectionRelay;
import io.carafe.application.stream.ProcessRelay;
import io.carafe.application.stream.StreamSet;
import io.carafe.application.stream.StreamTickets;
import io.carafe.application.task.Subtasks;
import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerMetadata;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.container.SupplementalGroupsPolicy;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageId;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.domain.spec.OciProcess;
import io.carafe.domain.spec.OciUser;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.tck.memory.MemoryRecordStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The streaming server on a free port of loopback, over the real use cases, with one running container whose handler is scripted. */
final class TestNode implements AutoCloseable {
    static final int MOST_IN_FLIGHT = 3;
    static final Duration TICKET_LIFETIME = Duration.ofMinutes(1);

    private static final Instant START = Instant.ofEpochSecond(1_700_000_000L);
    private static final HandlerBinding BINDING = new HandlerBinding("scripted", "scripted", "", Map.of());
    private static final String POD = "5a".repeat(32);
    private static final String CONTAINER = "c0".repeat(32);

    private final ScriptedHandler handler = new ScriptedHandler();
    private final StreamUseCases use;
    private final StreamingServer server;
    private volatile Instant now = START;

    private TestNode(StreamingOptions options) throws InterruptedException {
        var inventory = new Inventory(new MemoryRecordStore());
        inventory.put(sandbox());
        inventory.put(container());
        var handlers = new Handlers(
                HandlerTable.of(
                        "scripted",
                        List.of(new ConfiguredHandler(
                                BINDING, () -> new Availability.Available("scripted 1"), () -> now))),
                _ -> Optional.of(handler));
        var tasks = new Subtasks();
        var tickets = new StreamTickets(() -> now, TICKET_LIFETIME, MOST_IN_FLIGHT, new Ids());
        var relay = new ProcessRelay(tasks);
        this.use = new StreamUseCases(
                tickets,
                new Exec(inventory, handlers, tickets, relay),
                new Attach(inventory, handlers, tickets, relay),
                new PortForward(inventory, handlers, tickets, new ConnectionRelay(tasks)));
        this.server = new StreamingServer(options, use, tasks);
        try {
            server.start();
        } catch (Fault e) {
            server.close();
            throw e;
        }
    }

    static TestNode start() throws InterruptedException {
        return start(StreamingOptions.DEFAULTS);
    }

    static TestNode start(StreamingOptions options) throws InterruptedException {
        return new TestNode(options);
    }

    ScriptedHandler handler() {
        return handler;
    }

    StreamingServer server() {
        return server;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    URI exec(StreamSet streams, String... command) {
        return URI.create(server.url(use.exec().exec(CONTAINER, List.of(command), streams)));
    }

    URI attach(StreamSet streams) {
        return URI.create(server.url(use.attach().attach(CONTAINER, streams)));
    }

    URI portForward(Integer... ports) {
        return URI.create(server.url(use.portForward().portForward(POD, List.of(ports))));
    }

    @Override
    public void close() {
        server.close();
    }

    private static PodSandbox sandbox() {
        var config = new PodSandboxConfig(
                new PodSandboxMetadata("pod", "uid", "test", 0),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                SandboxSecurity.DEFAULT,
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return PodSandbox.accepted(new PodSandboxId(POD), config, BINDING, new SandboxState.Creating(START, ""))
                .with(new SandboxState.Ready(START));
    }

    private static Container container() {
        var security = new ContainerSecurity(
                Capabilities.DEFAULT,
                false,
                NamespaceOptions.POD_DEFAULT,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                false,
                List.of(),
                SupplementalGroupsPolicy.MERGE,
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        var config = new ContainerConfig(
                new ContainerMetadata("c", 0),
                "image",
                "",
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                "",
                true,
                false,
                false,
                LinuxResources.UNLIMITED,
                security,
                Optional.empty());
        var process = new OciProcess(
                false,
                new OciUser(0, 0, List.of()),
                List.of("cat"),
                List.of(),
                "/",
                Optional.empty(),
                List.of(),
                true,
                Optional.empty(),
                OptionalInt.empty());
        return new Container(
                new ContainerId(CONTAINER),
                new PodSandboxId(POD),
                config,
                BINDING,
                new ImageId(Digest.sha256("1d".repeat(32))),
                Signal.TERM,
                Optional.empty(),
                Optional.of(process),
                ContainerUser.ROOT,
                LinuxResources.UNLIMITED,
                new ContainerState.Running(START, START));
    }
}
