package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodNetworkTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The kit, over the real plugins bridge, host-local and portmap. */
class CniPodNetworkTckIT extends PodNetworkTck {
    private final TestBridge bridge = TestBridge.create();

    @Override
    protected Map<String, String> options() {
        bridge.configure(directory);
        return Map.of("conf_dir", bridge.confDir(directory).toString(), "bin_dirs", "/opt/cni/bin:/usr/lib/cni");
    }

    @Override
    protected PodNetwork create(BackendContext context) {
        return new CniProvider().create(context);
    }

    @Override
    protected void unconfigure() {
        try {
            Files.delete(bridge.confDir(directory).resolve("10-test.conflist"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Path makeNamespace(PodSandboxId id) {
        return bridge.makeNamespace(id);
    }

    @Override
    protected void removeNamespace(PodSandboxId id) {
        bridge.removeNamespace(id);
    }

    @Override
    protected Set<String> held(PodSandboxId id) {
        Set<String> held = new TreeSet<>(bridge.reservations(directory, id));
        held.addAll(bridge.rules(id));
        return held;
    }

    @Override
    protected void dispose() {
        bridge.remove();
    }

    @Test
    void attachedPodHasItsAddressAndRouteOnEth0() throws InterruptedException {
        var request = request(pod);
        var status = network.attach(request);

        assertThat(bridge.in(pod, "ip", "-4", "addr", "show", "eth0"))
                .contains(status.ips().getFirst() + "/24");
        assertThat(bridge.in(pod, "ip", "route")).contains("default via");
        assertThat(bridge.links()).hasSize(1);

        network.detach(request);

        assertThat(bridge.in(pod, "ip", "link")).doesNotContain("eth0");
        assertThat(bridge.links()).isEmpty();
    }

    @Test
    void masqueradingRulesGoWithTheDetach() throws InterruptedException {
        bridge.configure(directory, true);
        var request = request(pod);
        network.attach(request);
        assertThat(bridge.rules(pod)).anyMatch(rule -> rule.contains("MASQUERADE"));

        network.detach(request);

        assertThat(bridge.rules(pod)).isEmpty();
    }
}
