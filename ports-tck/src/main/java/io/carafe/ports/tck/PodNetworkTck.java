package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodNetworkStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.PortMapping;
import io.carafe.ports.network.NetworkRequest;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.spi.HealthCondition;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link PodNetwork} does. */
public abstract class PodNetworkTck {
    protected final PodSandboxId pod = new PodSandboxId("ab".repeat(32));
    protected final PodSandboxId other = new PodSandboxId("cd".repeat(32));

    @TempDir
    protected Path directory;

    private BackendContext context;
    protected PodNetwork network;

    /**
     * The port over a context, with a network configured that maps ports; called again with the same context it stands for the
     * daemon's restart.
     */
    protected abstract PodNetwork create(BackendContext context);

    /** Takes the configuration away from the port made last. */
    protected abstract void unconfigure();

    /** Makes a network namespace, lo up. */
    protected abstract Path makeNamespace(PodSandboxId id);

    /** Removes a namespace; none there is no failure. */
    protected abstract void removeNamespace(PodSandboxId id);

    /** All that the network holds for a pod outside of its namespace, in words: addresses reserved, links, rules. */
    protected abstract Set<String> held(PodSandboxId id);

    /** The options of the context that {@link #create} is given. */
    protected Map<String, String> options() {
        return Map.of();
    }

    /** Takes away what the subclass made for all pods, also after a failure. */
    protected void dispose() {}

    @BeforeEach
    void make() {
        context = TckContexts.in(directory, options());
        network = create(context);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        try {
            for (PodSandboxId id : List.of(pod, other)) {
                network.detach(gone(id));
                removeNamespace(id);
            }
            assertThat(held(pod)).isEmpty();
            assertThat(held(other)).isEmpty();
        } finally {
            dispose();
        }
    }

    @Test
    void attachAnswersTheAddress() throws InterruptedException {
        PodNetworkStatus status = network.attach(request(pod));

        assertThat(status.ips()).isNotEmpty().allSatisfy(ip -> InetAddress.ofLiteral(ip));
        assertThat(held(pod)).isNotEmpty();
    }

    @Test
    void podsGetDifferentAddresses() throws InterruptedException {
        List<Callable<PodNetworkStatus>> attaches =
                Stream.of(request(pod), request(other)).map(this::attaching).toList();

        List<String> ips = context.tasks().all("attach", 2, attaches).stream()
                .flatMap(status -> status.ips().stream())
                .toList();

        assertThat(ips).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
    }

    private Callable<PodNetworkStatus> attaching(NetworkRequest request) {
        return () -> network.attach(request);
    }

    @Test
    void detachGivesBackAllThatIsHeld() throws InterruptedException {
        NetworkRequest request = request(pod);
        network.attach(request);

        network.detach(request);

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void detachLeavesOtherPodsAlone() throws InterruptedException {
        NetworkRequest request = request(pod);
        network.attach(request);
        network.attach(request(other));
        Set<String> before = held(other);

        network.detach(request);

        assertThat(held(other)).isEqualTo(before);
    }

    @Test
    void detachTwiceSucceeds() throws InterruptedException {
        NetworkRequest request = request(pod);
        network.attach(request);
        network.detach(request);

        network.detach(request);

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void detachOfAPodNeverAttachedSucceeds() throws InterruptedException {
        network.detach(gone(pod));

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void detachAfterTheNamespaceIsGoneGivesBackAllThatIsHeld() throws InterruptedException {
        network.attach(request(pod));
        removeNamespace(pod);

        network.detach(gone(pod));

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void detachAfterARestartGivesBackAllThatIsHeld() throws InterruptedException {
        network.attach(request(pod));
        network = create(context);

        network.detach(gone(pod));

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void detachNeedsNoConfiguration() throws InterruptedException {
        network.attach(request(pod));
        unconfigure();

        network.detach(gone(pod));

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void attachAfterDetachSucceeds() throws InterruptedException {
        NetworkRequest request = request(pod);
        network.attach(request);
        network.detach(request);

        assertThat(network.attach(request).ips()).isNotEmpty();
    }

    @Test
    void attachWithoutConfigurationIsUnavailable() {
        NetworkRequest request = request(pod);
        unconfigure();

        assertThatThrownBy(() -> network.attach(request)).isInstanceOf(Fault.Unavailable.class);
        assertThat(held(pod)).isEmpty();
    }

    @Test
    void healthTellsWhetherThereIsAConfiguration() {
        assertThat(network.health()).isEqualTo(HealthCondition.OK);

        unconfigure();

        HealthCondition health = network.health();
        assertThat(health.ok()).isFalse();
        assertThat(health.reason()).isNotBlank().doesNotContain(" ");
        assertThat(health.message()).isNotBlank();
    }

    @Test
    void garbageOfUnknownPodsIsGivenBack() throws InterruptedException {
        network.attach(request(pod));
        network.attach(request(other));
        Set<String> before = held(other);

        network.collectGarbage(() -> Set.of(other));

        assertThat(held(pod)).isEmpty();
        assertThat(held(other)).isEqualTo(before);
    }

    @Test
    void garbageAfterARestartIsGivenBack() throws InterruptedException {
        network.attach(request(pod));
        removeNamespace(pod);
        network = create(context);

        network.collectGarbage(() -> Set.of());

        assertThat(held(pod)).isEmpty();
    }

    @Test
    void podCidrCanBeToldAgainAndAgain() {
        network.podCidr("10.244.1.0/24");
        assertThat(network.podCidr()).contains("10.244.1.0/24");
        network.podCidr("10.244.1.0/24,fd00:10:244:1::/64");
        assertThat(network.podCidr()).contains("10.244.1.0/24,fd00:10:244:1::/64");
    }

    /** A pod with a new namespace, one port of the host and one that leads nowhere. */
    protected NetworkRequest request(PodSandboxId id) {
        return of(id, Optional.of(makeNamespace(id)));
    }

    /** The same pod when its namespace is gone. */
    protected NetworkRequest gone(PodSandboxId id) {
        return of(id, Optional.empty());
    }

    private static NetworkRequest of(PodSandboxId id, Optional<Path> namespace) {
        String name = "pod-" + id.value().substring(0, 2);
        int hostPort = 20_000 + Integer.parseInt(id.value().substring(0, 2), 16);
        return new NetworkRequest(
                id,
                new PodSandboxMetadata(name, "uid-of-" + name, "default", 0),
                namespace,
                List.of(
                        new PortMapping(PortMapping.Protocol.TCP, 80, hostPort, ""),
                        new PortMapping(PortMapping.Protocol.UDP, 53, 0, "")),
                Map.of("example.com/purpose", "a test"),
                Optional.of(new DnsConfig(List.of("10.96.0.10"), List.of("cluster.local"), List.of())),
                Optional.empty());
    }
}
