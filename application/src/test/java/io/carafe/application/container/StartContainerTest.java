package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.PortCalls.Fate;
import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.application.node.Waiting;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartContainerTest {
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
    void createdContainerRuns() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));

        assertThat(daemon.state(id)).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void exitDuringTheStartIsNotLost() throws Exception {
        ContainerId id = daemon.exited(pod, "app", 7);

        assertThat(daemon.state(id)).isInstanceOfSatisfying(ContainerState.Exited.class, exited -> {
            assertThat(exited.status().code()).isEqualTo(7);
            assertThat(exited.startedAt()).isPresent();
        });
    }

    @Test
    void commandThatCannotBeExecutedLeavesStartError() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "no-such-program"));

        assertThatThrownBy(() -> daemon.startContainer.start(id.value())).isInstanceOf(Fault.InvalidArgument.class);

        ExitStatus status = ((ContainerState.Exited) daemon.state(id)).status();
        assertThat(status.code()).isEqualTo(128);
        assertThat(status.reason()).isEqualTo(ExitStatus.START_ERROR);
        assertThat(status.message()).contains("no such file");
        assertThat(node.processes.lives(id.value())).isFalse();
    }

    @Test
    void processThatRunsInSpiteOfAFailureIsRunning() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.ports.doom(1, Fate.FAILS_AFTERWARDS);

        daemon.startContainer.start(id.value());

        assertThat(daemon.ports.seen()).startsWith("Containers.start", "Containers.observe");
        assertThat(daemon.state(id)).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void processThatHasEndedInSpiteOfAFailureKeepsItsStatus() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "exit", "7"));
        daemon.ports.doom(1, Fate.FAILS_AFTERWARDS);

        assertThatThrownBy(() -> daemon.startContainer.start(id.value())).isInstanceOf(Fault.Unavailable.class);

        assertThat(((ContainerState.Exited) daemon.state(id)).status().code()).isEqualTo(7);
    }

    @Test
    void failureBeforeTheProcessRanEndsIt() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.ports.doom(1, Fate.FAILS);

        assertThatThrownBy(() -> daemon.startContainer.start(id.value())).isInstanceOf(Fault.Unavailable.class);

        assertThat(((ContainerState.Exited) daemon.state(id)).status().reason()).isEqualTo(ExitStatus.START_ERROR);
        assertThat(node.processes.lives(id.value())).isFalse();
    }

    @Test
    void handlerThatCannotSayWhatRunsLeavesItUnknownAndStoppable() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.ports.doom(1, Fate.FAILS_AFTERWARDS);
        daemon.ports.breakAll("Containers.observe"::equals);

        assertThatThrownBy(() -> daemon.startContainer.start(id.value())).isInstanceOf(Fault.Unavailable.class);
        assertThat(daemon.state(id)).isInstanceOf(ContainerState.Unknown.class);
        daemon.ports.heal();
        daemon.stopContainer.stop(id.value(), Duration.ZERO);

        daemon.await(id, ContainerState.Exited.class);
        assertThat(node.processes.lives(id.value())).isFalse();
    }

    @Test
    void processThatRunsOnAFullDiskIsShownAsRunning() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.ports.fail("RecordStore.save", new Fault.Exhausted("disk full"));

        daemon.startContainer.start(id.value());

        assertThat(daemon.state(id)).isInstanceOf(ContainerState.Running.class);
        daemon.ports.kill();
        assertThat(node.start().state(id)).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void exitOnAFullDiskIsShown() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        daemon.ports.fail("RecordStore.save", new Fault.Exhausted("disk full"));

        node.processes.exit(id, 4);

        daemon.await(id, ContainerState.Exited.class);
        daemon.ports.kill();
        assertThat(((ContainerState.Exited) node.start().state(id)).status().code())
                .isEqualTo(4);
    }

    @Test
    void startUnderWayIsJoinedAndGoesOnWithoutItsCaller() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        Waiting<String> first = Waiting.at(daemon, "Containers.start", () -> {
            daemon.startContainer.start(id.value());
            return "";
        });
        first.hangUp();
        first.go();

        daemon.await(id, ContainerState.Running.class);
    }

    @Test
    void containerOfAStoppedPodIsRefused() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.ports.before(
                "Sandboxes.delete",
                () -> assertThatThrownBy(() -> daemon.startContainer.start(id.value()))
                        .isInstanceOf(Fault.WrongState.class));

        daemon.stopPodSandbox.stop(pod.value());

        assertThatThrownBy(() -> daemon.startContainer.start(id.value())).isInstanceOf(Fault.WrongState.class);
    }

    @Test
    void containerInAPodThatIsNotReadyIsRefused() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        node.processes.exit(pod, 1);
        daemon.awaitNotReady(pod);

        assertThatThrownBy(() -> daemon.startContainer.start(id.value()))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining(pod.value())
                .hasMessageContaining("not ready");
    }
}
