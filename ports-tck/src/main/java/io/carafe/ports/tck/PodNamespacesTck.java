package io.carafe.ports.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.host.PodNamespaces;
import io.carafe.ports.spi.BackendContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link PodNamespaces} does. */
public abstract class PodNamespacesTck {
    private static final Set<NamespaceType> ALL = Set.of(NamespaceType.NETWORK, NamespaceType.IPC, NamespaceType.UTS);

    protected final PodSandboxId pod = new PodSandboxId("ab".repeat(32));
    private final PodSandboxId other = new PodSandboxId("cd".repeat(32));

    @TempDir
    Path directory;

    private BackendContext context;
    protected PodNamespaces namespaces;

    /** The port over a context; called again with the same one it stands for the daemon's restart. */
    protected abstract PodNamespaces create(BackendContext context);

    @BeforeEach
    void make() {
        context = TckContexts.in(directory, Map.of());
        namespaces = create(context);
    }

    @AfterEach
    void leaveNothing() {
        namespaces.list().forEach(namespaces::unpin);
        assertThat(namespaces.list()).isEmpty();
    }

    @Test
    void pinnedNamespacesAreObservedAndListed() throws InterruptedException {
        Map<NamespaceType, Path> paths = namespaces.pin(pod, ALL, "pod-1", Map.of());

        assertThat(paths).containsOnlyKeys(ALL);
        assertThat(paths.values()).allMatch(Path::isAbsolute).doesNotHaveDuplicates();
        assertThat(namespaces.observe(pod)).isEqualTo(paths);
        assertThat(namespaces.list()).containsExactly(pod);
    }

    @Test
    void onlyTheTypesAskedForArePinned() throws InterruptedException {
        assertThat(namespaces.pin(pod, Set.of(NamespaceType.IPC), "", Map.of())).containsOnlyKeys(NamespaceType.IPC);
        assertThat(namespaces.observe(pod)).containsOnlyKeys(NamespaceType.IPC);
        assertThat(namespaces.networkUsage(pod)).isEmpty();
    }

    @Test
    void podsAreApart() throws InterruptedException {
        Map<NamespaceType, Path> first = namespaces.pin(pod, ALL, "", Map.of());
        Map<NamespaceType, Path> second = namespaces.pin(other, ALL, "", Map.of());
        assertThat(first.values()).doesNotContainAnyElementsOf(second.values());

        namespaces.unpin(pod);

        assertThat(namespaces.observe(pod)).isEmpty();
        assertThat(namespaces.observe(other)).isEqualTo(second);
        assertThat(namespaces.list()).containsExactly(other);
    }

    @Test
    void unpinIsIdempotent() throws InterruptedException {
        namespaces.unpin(pod);
        namespaces.pin(pod, ALL, "", Map.of());
        namespaces.unpin(pod);
        namespaces.unpin(pod);

        assertThat(namespaces.observe(pod)).isEmpty();
        assertThat(namespaces.list()).isEmpty();
    }

    @Test
    void pinsOutliveTheDaemon() throws InterruptedException {
        Map<NamespaceType, Path> paths = namespaces.pin(pod, ALL, "pod-1", Map.of());

        PodNamespaces restarted = create(context);

        assertThat(restarted.list()).containsExactly(pod);
        assertThat(restarted.observe(pod)).isEqualTo(paths);
        restarted.unpin(pod);
        assertThat(namespaces.list()).isEmpty();
    }

    @Test
    void podCanBePinnedAgainAfterUnpin() throws InterruptedException {
        namespaces.pin(pod, ALL, "", Map.of());
        namespaces.unpin(pod);

        assertThat(namespaces.pin(pod, ALL, "", Map.of("net.ipv4.ip_forward", "1")))
                .containsOnlyKeys(ALL);
    }

    @Test
    void sysctlOfTheHostIsRefused() {
        refused(ALL, "", Map.of("vm.swappiness", "1"));
    }

    @Test
    void sysctlOfANamespaceThatIsNotPinnedIsRefused() {
        refused(Set.of(NamespaceType.IPC), "", Map.of("net.ipv4.ip_forward", "1"));
        refused(Set.of(NamespaceType.NETWORK), "", Map.of("kernel.shm_rmid_forced", "1"));
    }

    @Test
    void hostnameWithoutUtsIsRefused() {
        refused(Set.of(NamespaceType.IPC), "pod-1", Map.of());
    }

    @Test
    void usageIsThereAsLongAsTheNetworkIs() throws InterruptedException {
        assertThat(namespaces.networkUsage(pod)).isEmpty();
        namespaces.pin(pod, ALL, "", Map.of());
        assertThat(namespaces.networkUsage(pod))
                .hasValueSatisfying(usage ->
                        assertThat(usage.interfaces()).allMatch(i -> !i.name().equals("lo")));
        namespaces.unpin(pod);
        assertThat(namespaces.networkUsage(pod)).isEmpty();
    }

    private void refused(Set<NamespaceType> types, String hostname, Map<String, String> sysctls) {
        assertThatThrownBy(() -> namespaces.pin(pod, types, hostname, sysctls))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(pod.value());
        assertThat(namespaces.observe(pod)).isEmpty();
        assertThat(namespaces.list()).isEmpty();
    }
}
