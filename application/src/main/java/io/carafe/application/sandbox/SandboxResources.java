package io.carafe.application.sandbox;

import io.carafe.application.handler.Handlers;
import io.carafe.application.inventory.Inventory;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.host.HostProvider.Host;
import io.carafe.ports.network.NetworkRequest;
import io.carafe.ports.network.PodNetwork;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Gives back what a sandbox holds. Every step is idempotent, so all of it may be repeated after a crash or a failure. */
public final class SandboxResources {
    private final Inventory inventory;
    private final Handlers handlers;
    private final PodNetwork network;
    private final Host host;
    private final InstantSource clock;

    public SandboxResources(
            Inventory inventory, Handlers handlers, PodNetwork network, Host host, InstantSource clock) {
        this.inventory = inventory;
        this.handlers = handlers;
        this.network = network;
        this.host = host;
        this.clock = clock;
    }

    public NetworkRequest networkRequest(PodSandbox sandbox) {
        Optional<Path> namespace =
                Optional.ofNullable(host.namespaces().observe(sandbox.id()).get(NamespaceType.NETWORK));
        return new NetworkRequest(
                sandbox.id(),
                sandbox.config().metadata(),
                namespace,
                sandbox.config().portMappings(),
                sandbox.config().annotations(),
                sandbox.config().dns(),
                sandbox.cgroup().map(c -> c.value()));
    }

    public boolean hasOwnNetwork(PodSandbox sandbox) {
        return !sandbox.config().security().namespaces().hostNetwork();
    }

    public boolean sharesHostIpc(PodSandbox sandbox) {
        return sandbox.config().security().namespaces().ipc() == NamespaceMode.NODE;
    }

    /** Ends all that the handler has of the sandbox, by force if need be. */
    void end(PodSandbox sandbox) throws InterruptedException {
        handlers.of(sandbox.handler()).sandboxes().delete(sandbox.id());
    }

    /** Ends the sandbox container, gives the network back, removes the namespaces; the record says so when all is done. */
    public PodSandbox stop(PodSandbox sandbox, String cause) throws InterruptedException {
        PodSandbox now = sandbox;
        end(now);
        if (!now.networkReleased() && hasOwnNetwork(now)) {
            network.detach(networkRequest(now));
        }
        host.namespaces().unpin(now.id());
        now = now.withNetworkReleased();
        now = switch (now.state()) {
            case SandboxState.Creating s -> now.with(s.abandoned(clock.instant(), cause));
            case SandboxState.Ready s -> now.with(s.stopped(clock.instant(), cause));
            case SandboxState.NotReady _, SandboxState.Removing _ -> now;
        };
        inventory.observed(now);
        return now;
    }

    /** After {@link #stop}: removes the rest, the record last. */
    public void remove(PodSandbox sandbox) {
        host.files().remove(sandbox.id());
        sandbox.cgroup().ifPresent(path -> host.cgroup().remove(sandbox.id(), path));
        inventory.remove(sandbox.id());
    }
}
