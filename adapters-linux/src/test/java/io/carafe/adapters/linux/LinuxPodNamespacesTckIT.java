package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.mount.Mounts;
import io.carafe.ports.host.PodNamespaces;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodNamespacesTck;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinuxPodNamespacesTckIT extends PodNamespacesTck {
    @Override
    protected PodNamespaces create(BackendContext context) {
        return new LinuxHostProvider().create(context, CgroupDriver.CGROUPFS).namespaces();
    }

    @Test
    void sysctlThatTheKernelRefusesIsAnInvalidArgumentAndLeavesNothing() {
        assertThatThrownBy(() -> pin("pod-1", Map.of("net.ipv4.ip_forward", "often")))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("net.ipv4.ip_forward")
                .hasMessageContaining("often");
        assertThat(namespaces.list()).isEmpty();
    }

    @Test
    void hostnameThatTheKernelCannotHoldIsAnInvalidArgument() {
        assertThatThrownBy(() -> pin("h".repeat(65), Map.of()))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("64");
    }

    @Test
    void pinOfAPinnedPodIsRefusedAndKeepsItsPins() throws InterruptedException {
        Map<NamespaceType, Path> paths = pin("pod-1", Map.of());

        assertThatThrownBy(() -> pin("pod-1", Map.of()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("EEXIST");
        assertThat(namespaces.observe(pod)).isEqualTo(paths);
    }

    @Test
    void pinsWithoutTheirMountsAreListedButNotAlive() throws InterruptedException {
        Map<NamespaceType, Path> paths = pin("pod-1", Map.of());

        // what a reboot leaves where the run directory is on a disk
        paths.values().forEach(Mounts::unmount);

        assertThat(namespaces.observe(pod)).isEmpty();
        assertThat(namespaces.list()).containsExactly(pod);
        assertThat(namespaces.networkUsage(pod)).isEmpty();
    }

    private Map<NamespaceType, Path> pin(String hostname, Map<String, String> sysctls) throws InterruptedException {
        return namespaces.pin(
                pod, Set.of(NamespaceType.NETWORK, NamespaceType.IPC, NamespaceType.UTS), hostname, sysctls);
    }
}
