package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.application.node.Waiting;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopContainerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;
    private PodSandboxId pod;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        node.patience(Duration.ofMillis(100));
        daemon = node.startWithImage();
        pod = daemon.pod(Requests.pod("web"));
    }

    @Test
    void processThatEndsOnItsSignalIsNotKilled() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));

        daemon.stopContainer.stop(id.value(), LONG);

        assertThat(code(id)).isEqualTo(143);
    }

    @Test
    void processThatDoesNotEndIsKilledAfterItsGrace() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "stubborn"));

        daemon.stopContainer.stop(id.value(), Duration.ofMillis(10));

        assertThat(code(id)).isEqualTo(137);
    }

    @Test
    void noGraceKillsAtOnce() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));

        daemon.stopContainer.stop(id.value(), Duration.ZERO);

        assertThat(code(id)).isEqualTo(137);
    }

    @Test
    void stopWithoutGraceOvertakesOneThatWaits() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "stubborn"));
        Waiting<String> patient = Waiting.at(daemon, "Containers.kill", () -> {
            daemon.stopContainer.stop(id.value(), LONG);
            return "stopped";
        });
        patient.go();
        Instant before = Instant.now();

        daemon.stopContainer.stop(id.value(), Duration.ZERO);

        assertThat(patient.result()).isEqualTo("stopped");
        assertThat(Duration.between(before, Instant.now())).isLessThan(LONG);
        assertThat(code(id)).isEqualTo(137);
    }

    @Test
    void removalOvertakesAStopThatWaits() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "stubborn"));
        Waiting<String> patient = Waiting.at(daemon, "Containers.kill", () -> {
            daemon.stopContainer.stop(id.value(), LONG);
            return "stopped";
        });
        patient.go();

        daemon.removeContainer.remove(id.value());

        assertThat(patient.result()).isEqualTo("stopped");
        assertThat(daemon.inventory.containers()).isEmpty();
    }

    @Test
    void sameStopIsJoinedAndGoesOnWithoutItsCaller() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        Waiting<String> first = Waiting.at(daemon, "Containers.kill", () -> {
            daemon.stopContainer.stop(id.value(), LONG);
            return "stopped";
        });
        first.hangUp();
        first.go();

        daemon.stopContainer.stop(id.value(), LONG);

        assertThat(code(id)).isEqualTo(143);
        assertThat(daemon.operations.underWay()).isEmpty();
    }

    @Test
    void processThatCannotBeKilledTimesOutAndStaysStoppable() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "stuck"));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> daemon.stopContainer.stop(id.value(), Duration.ZERO))
                    .isInstanceOf(Fault.TimedOut.class)
                    .hasMessageContaining(id.value());
        }
        node.processes.exit(id, 137);
        daemon.stopContainer.stop(id.value(), Duration.ZERO);

        assertThat(code(id)).isEqualTo(137);
    }

    @Test
    void exitThatNobodyToldIsSeenAtTheHandler() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        node.processes.forgetWatchers();

        daemon.stopContainer.stop(id.value(), Duration.ZERO);

        assertThat(code(id)).isEqualTo(137);
    }

    @Test
    void unknownContainerIsNoError() throws Exception {
        daemon.stopContainer.stop("ab".repeat(32), LONG);
    }

    @Test
    void emptyIdIsRefused() {
        assertThatThrownBy(() -> daemon.stopContainer.stop("", LONG)).isInstanceOf(Fault.InvalidArgument.class);
    }

    private int code(ContainerId id) {
        return ((ContainerState.Exited) daemon.state(id)).status().code();
    }
}
