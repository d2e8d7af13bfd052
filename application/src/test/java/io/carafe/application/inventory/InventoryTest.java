package io.carafe.application.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;
    private PodSandboxId pod;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        daemon = node.startWithImage();
        pod = daemon.pod(Requests.pod("web"));
    }

    @Test
    void sandboxIsFoundByIdAndByAnyUniqueBeginning() {
        assertThat(daemon.inventory.findSandbox(pod.value())).isPresent();
        assertThat(daemon.inventory.findSandbox(pod.value().substring(0, 6))).isPresent();
        assertThat(daemon.inventory.findSandbox("zz")).isEmpty();
        assertThat(daemon.inventory.sandboxByKey("default/web/uid-web/0")).isPresent();
    }

    @Test
    void beginningOfSeveralIdsIsRefused() {
        PodSandbox sandbox = daemon.inventory.sandbox(pod.value());
        for (String end : new String[] {"0", "1"}) {
            daemon.inventory.put(PodSandbox.accepted(
                    new PodSandboxId("abc" + end.repeat(61)),
                    sandbox.config(),
                    sandbox.handler(),
                    new SandboxState.Creating(Instant.EPOCH, "accepted")));
        }

        assertThatThrownBy(() -> daemon.inventory.findSandbox("abc"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("2 ids");
    }

    @Test
    void emptyIdIsRefused() {
        assertThatThrownBy(() -> daemon.inventory.findContainer("")).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void unknownIdIsNotFoundByName() {
        assertThatThrownBy(() -> daemon.inventory.container("abcdef"))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining("abcdef");
    }

    @Test
    void changeThatCannotBeWrittenIsNotShown() throws Exception {
        PodSandbox sandbox = daemon.inventory.sandbox(pod.value());
        daemon.ports.fail("RecordStore.save", new Fault.Exhausted("disk full"));

        assertThatThrownBy(() -> daemon.inventory.put(sandbox.with(new SandboxState.Removing(Instant.EPOCH))))
                .isInstanceOf(Fault.Exhausted.class);

        assertThat(daemon.inventory.sandbox(pod.value())).isEqualTo(sandbox);
    }

    @Test
    void waitEndsWithTheConditionWithTheContainerOrWithTheTime() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));

        assertThat(daemon.inventory.await(id, c -> false, Duration.ofMillis(1))).isFalse();
        node.processes.exit(id, 0);
        assertThat(daemon.inventory.await(id, c -> c.state() instanceof ContainerState.Exited, Duration.ofSeconds(10)))
                .isTrue();
        daemon.removeContainer.remove(id.value());
        assertThat(daemon.inventory.await(id, c -> false, Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void listsAreSnapshots() throws Exception {
        var before = daemon.inventory.containersOf(pod);
        daemon.created(pod, Requests.container("app", "sleep"));

        assertThat(before).isEmpty();
        assertThat(daemon.inventory.containersOf(pod)).hasSize(1);
    }
}
