package io.carafe.application.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
    @TempDir
    Path directory;

    private TestDaemon daemon;
    private PodSandboxId pod;
    private ContainerId id;

    @BeforeEach
    void start() throws Exception {
        daemon = TestNode.in(directory).startWithImage();
        pod = daemon.pod(Requests.pod("web"));
        id = daemon.running(pod, Requests.container("app", "sleep"));
    }

    @Test
    void runningContainerHasUsageAndAWritableLayer() throws Exception {
        ContainerUsage usage = daemon.stats.container(id.value());

        assertThat(usage.cgroup()).isPresent();
        assertThat(usage.writableLayer()).isPresent();
    }

    @Test
    void exitedContainerHasNoCgroupAndIsNotInTheList() throws Exception {
        ContainerId exited = daemon.exited(pod, "done", 0);

        assertThat(daemon.stats.container(exited.value()).cgroup()).isEmpty();
        assertThat(daemon.stats.containers(c -> true))
                .extracting(usage -> usage.container().id())
                .containsExactly(id);
    }

    @Test
    void podHasItsContainersAndItsNetwork() throws Exception {
        PodUsage usage = daemon.stats.pod(pod.value());

        assertThat(usage.cgroup()).isPresent();
        assertThat(usage.network()).isPresent();
        assertThat(usage.containers()).hasSize(1);
    }

    @Test
    void processesOfAPodAreThoseOfItsContainers() throws Exception {
        daemon.running(pod, Requests.container("other", "sleep"));

        PodUsage usage = daemon.stats.pod(pod.value());

        assertThat(usage.cgroup().orElseThrow().processes())
                .isEqualTo(usage.containers().stream()
                        .mapToLong(container -> container.cgroup().orElseThrow().processes())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void containerThatCannotBeMeasuredIsListedWithItsLastFigures() throws Exception {
        ContainerUsage before = daemon.stats.containers(c -> true).getFirst();
        daemon.ports.fail("Containers.usage", new Fault.TimedOut("slow"));

        assertThat(daemon.stats.containers(c -> true).getFirst().cgroup()).isEqualTo(before.cgroup());
        assertThatThrownBy(() -> daemon.stats.container(id.value())).isInstanceOf(Fault.TimedOut.class);
    }

    @Test
    void podThatCannotBeMeasuredTakesNothingFromTheOthers() throws Exception {
        daemon.pod(Requests.pod("other"));
        daemon.ports.before("PodNamespaces.networkUsage", () -> {
            daemon.ports.heal();
            daemon.ports.before("PodNamespaces.networkUsage", () -> {});
            throw new Fault.Unavailable("not this one");
        });

        assertThat(daemon.stats.pods(s -> true)).hasSize(1);
        assertThat(daemon.stats.pods(s -> true)).hasSize(2);
    }

    @Test
    void containerRemovedMeanwhileIsNotFoundAndNotListed() throws Exception {
        daemon.ports.before("Snapshotter.usage", () -> daemon.removeContainer.remove(id.value()));

        assertThat(daemon.stats.containers(c -> true)).isEmpty();

        ContainerId next = daemon.running(pod, Requests.container("next", "sleep"));
        daemon.ports.before("Snapshotter.usage", () -> daemon.removeContainer.remove(next.value()));
        assertThatThrownBy(() -> daemon.stats.container(next.value()))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining(next.value())
                .hasMessageContaining("removed meanwhile");
    }

    @Test
    void unknownContainerIsNotFound() {
        assertThatThrownBy(() -> daemon.stats.container("ab".repeat(32))).isInstanceOf(Fault.NotFound.class);
    }
}
