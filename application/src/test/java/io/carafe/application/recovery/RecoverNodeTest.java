package io.carafe.application.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.inventory.Records;
import io.carafe.application.node.PortCalls.Fate;
import io.carafe.application.node.PowerLoss;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverNodeTest {
    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        node.patience(Duration.ofMillis(100));
        daemon = node.startWithImage();
    }

    @Test
    void runningContainersRunOnAndTheirExitsAreTold() throws Exception {
        ContainerId id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));

        TestDaemon next = node.start();
        assertThat(next.state(id)).isEqualTo(daemon.state(id));
        node.processes.exit(id, 9);

        next.await(id, ContainerState.Exited.class);
        assertThat(code(next, id)).isEqualTo(9);
    }

    @Test
    void exitWithoutTheDaemonKeepsItsCode() throws Exception {
        ContainerId id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));
        daemon.ports.kill();
        node.processes.forgetWatchers();
        node.processes.exit(id, 9);

        assertThat(code(node.start(), id)).isEqualTo(9);
    }

    @Test
    void createdContainerCanBeStartedByTheNextDaemon() throws Exception {
        ContainerId id = daemon.created(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));

        TestDaemon next = node.start();
        next.startContainer.start(id.value());

        assertThat(next.state(id)).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void startThatWasNotRecordedIsFound() throws Exception {
        ContainerId id = daemon.created(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));
        daemon.ports.doom(1, Fate.DEATH_AFTERWARDS);
        assertThatThrownBy(() -> daemon.startContainer.start(id.value())).hasRootCauseInstanceOf(PowerLoss.class);

        assertThat(node.start().state(id)).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void containerThatWasBeingCreatedIsExitedAndHasNoProcess() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        daemon.ports.before("Containers.create", () -> daemon.ports.doom(1, Fate.DEATH_AFTERWARDS));
        assertThatThrownBy(() -> daemon.created(pod, Requests.container("app", "sleep")))
                .hasRootCauseInstanceOf(PowerLoss.class);

        TestDaemon next = node.start();

        ContainerId id = next.inventory.containers().iterator().next().id();
        assertThat(next.state(id)).isInstanceOf(ContainerState.Exited.class);
        assertThat(node.processes.lives(id.value())).isFalse();
    }

    @Test
    void sandboxThatWasBeingRunIsNotReadyAndSaysWhatWasFound() throws Exception {
        daemon.ports.before("PodNetwork.attach", () -> daemon.ports.doom(1, Fate.DEATH_AFTERWARDS));
        assertThatThrownBy(() -> daemon.pod(Requests.pod("web"))).hasRootCauseInstanceOf(PowerLoss.class);

        TestDaemon next = node.start();

        PodSandboxId id = next.inventory.sandboxes().iterator().next().id();
        assertThat(next.state(id))
                .isInstanceOfSatisfying(
                        SandboxState.NotReady.class,
                        state -> assertThat(state.cause()).contains("NETWORK").contains("files"));
        next.stopPodSandbox.stop(id.value());
        assertThat(node.network.addresses()).isEmpty();
        next.removePodSandbox.remove(id.value());
        assertThat(node.held()).isEmpty();
    }

    @Test
    void afterARebootAllIsNotReadyOrExitedAndCanBeRemoved() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        PodSandboxId other = daemon.pod(Requests.podOfContainerPids("other"));
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        ContainerId created = daemon.created(other, Requests.container("app", "sleep"));
        node.reboot();

        TestDaemon next = node.start();

        assertThat(next.state(pod)).isInstanceOf(SandboxState.NotReady.class);
        assertThat(next.state(other)).isInstanceOf(SandboxState.NotReady.class);
        for (ContainerId each : List.of(id, created)) {
            assertThat(next.state(each))
                    .isInstanceOfSatisfying(
                            ContainerState.Exited.class,
                            exited -> assertThat(exited.status().message()).isNotBlank());
        }
        next.stopPodSandbox.stop(pod.value());
        assertThat(node.network.addresses()).containsOnlyKeys(other);
        next.removeAll();
        assertThat(node.held()).isEmpty();
    }

    @Test
    void handlerThatIsGoneLeavesItsContainersUnknownAndAllElseRecovered() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        ContainerId running = daemon.running(pod, Requests.container("app", "sleep"));
        ContainerId exited = daemon.exited(pod, "done", 3);
        node.uninstallHandler();

        TestDaemon without = node.start();

        assertThat(without.inventory.sandboxes()).hasSize(1);
        assertThat(without.state(exited)).isInstanceOf(ContainerState.Exited.class);
        assertThat(without.state(running))
                .isInstanceOfSatisfying(
                        ContainerState.Unknown.class,
                        unknown -> assertThat(unknown.cause()).contains("put its JAR back"));
        assertThatThrownBy(() -> without.removePodSandbox.remove(pod.value()))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("put its JAR back");
        assertThat(node.processes.lives(running.value())).isTrue();
        node.installHandler();
        TestDaemon with = node.start();
        assertThat(with.state(running)).isInstanceOf(ContainerState.Running.class);
        with.removeAll();
        assertThat(node.held()).isEmpty();
    }

    @Test
    void podWithoutNamespacesOfItsOwnIsNotReadyAfterAReboot() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.podOfTheHost("web"));
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        assertThat(node.start().inventory.sandbox(pod.value()).isReady())
                .as("after a restart of the daemon alone")
                .isTrue();
        node.reboot();

        TestDaemon next = node.start();

        assertThat(next.state(pod))
                .isInstanceOfSatisfying(
                        SandboxState.NotReady.class,
                        state -> assertThat(state.cause()).contains("the node was restarted"));
        assertThat(next.state(id))
                .isInstanceOfSatisfying(
                        ContainerState.Exited.class,
                        exited -> assertThat(exited.status().message()).isNotBlank());
        next.removeAll();
        assertThat(node.held()).isEmpty();
    }

    @Test
    void podOfARecordThatKnowsNoBootIsJudgedByItsNamespacesAlone() throws Exception {
        PodSandboxId ofTheHost = daemon.pod(Requests.podOfTheHost("host"));
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        for (PodSandboxId each : List.of(ofTheHost, pod)) {
            node.storage.records().save(Records.SANDBOXES, each.value(), withoutBoot(daemon, each));
        }
        node.reboot();

        TestDaemon next = node.start();

        assertThat(next.inventory.sandbox(ofTheHost.value()).isReady()).isTrue();
        assertThat(next.state(pod)).isInstanceOf(SandboxState.NotReady.class);
    }

    private static PodSandbox withoutBoot(TestDaemon daemon, PodSandboxId id) {
        PodSandbox sandbox = daemon.inventory.sandbox(id.value());
        assertThat(sandbox.boot()).isPresent();
        return new PodSandbox(
                sandbox.id(),
                sandbox.config(),
                sandbox.handler(),
                sandbox.state(),
                sandbox.namespaces(),
                sandbox.network(),
                sandbox.networkReleased(),
                sandbox.cgroup(),
                Optional.empty());
    }

    @Test
    void podOfAHandlerThatIsGoneIsNotReadyAfterAReboot() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        node.uninstallHandler();
        node.reboot();

        assertThat(node.start().state(pod)).isInstanceOf(SandboxState.NotReady.class);
    }

    @Test
    void failingObservationLeavesAContainerUnknownThatCanBeStopped() throws Exception {
        ContainerId id = daemon.running(daemon.pod(Requests.pod("web")), Requests.container("app", "sleep"));
        daemon.ports.breakAll("Containers.observe"::equals);

        daemon.recoverNode.recover();

        assertThat(daemon.state(id)).isInstanceOf(ContainerState.Unknown.class);
        assertThat(node.processes.lives(id.value())).isTrue();
        daemon.ports.heal();
        daemon.stopContainer.stop(id.value(), Duration.ofSeconds(30));
        assertThat(code(daemon, id)).isEqualTo(143);
    }

    @Test
    void recordThatCannotBeReadIsSetAsideAndTheRestIsRecovered() throws Exception {
        PodSandboxId lost = daemon.pod(Requests.pod("lost"));
        PodSandboxId kept = daemon.pod(Requests.pod("kept"));
        node.storage.records().corrupt(Records.SANDBOXES, lost.value());

        TestDaemon next = node.start();

        assertThat(next.inventory.sandboxes()).hasSize(1);
        assertThat(next.inventory.sandbox(kept.value()).isReady()).isTrue();
        assertThat(node.storage.records().quarantined())
                .singleElement()
                .asString()
                .contains(lost.value());
    }

    @Test
    void whatRunsUnderARecordThatCannotBeReadIsNotSwept() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("lost"));
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        Set<String> before = node.held();
        before.removeIf(what -> what.startsWith("record of"));
        node.storage.records().corrupt(Records.SANDBOXES, pod.value());
        node.storage.records().corrupt(Records.CONTAINERS, id.value());

        node.start().recoverNode.sweep();

        assertThat(node.held()).isEqualTo(before);
        assertThat(node.processes.lives(id.value())).isTrue();
    }

    @Test
    void sweepRemovesWhatNoRecordOwns() throws Exception {
        var stray = new PodSandboxId("ab".repeat(32));
        node.host.namespaces().pin(stray, Set.of(), "", Map.of());
        node.host.files().write(stray, "stray", false, Optional.empty());
        node.storage.snapshotter().mount("stray", List.of());
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        Set<String> before = node.held();

        daemon.recoverNode.sweep();

        assertThat(before).hasSizeGreaterThan(node.held().size());
        assertThat(node.strays()).isEmpty();
        assertThat(node.host.files().list()).containsExactly(pod);
        assertThat(node.storage.snapshotter().snapshots()).containsExactly(id.value());
    }

    @Test
    void podMadeDuringASweepIsLeftAlone() throws Exception {
        for (String port :
                List.of("PodNetwork.collectGarbage", "PodNamespaces.list", "PodFiles.list", "Snapshotter.snapshots")) {
            daemon.ports.before(port, () -> {
                if (daemon.inventory.sandboxes().isEmpty()) {
                    PodSandboxId pod = daemon.pod(Requests.pod("web"));
                    daemon.running(pod, Requests.container("app", "sleep"));
                }
            });

            daemon.recoverNode.sweep();

            daemon.ports.before(port, () -> {}); // the next pod comes in later
            assertThat(node.network.addresses()).as(port).hasSize(1);
            assertThat(node.host.namespaces().list()).as(port).hasSize(1);
            assertThat(node.host.files().list()).as(port).hasSize(1);
            assertThat(node.storage.snapshotter().snapshots()).as(port).hasSize(1);
            daemon.removeAll();
        }
    }

    @Test
    void sweepStopsAtNoFailure() throws Exception {
        node.storage.snapshotter().mount("stray", List.of());
        daemon.ports.breakAll(name -> name.startsWith("PodN") || name.startsWith("PodFiles"));

        daemon.recoverNode.sweep();

        assertThat(node.storage.snapshotter().snapshots()).isEmpty();
    }

    private static int code(TestDaemon daemon, ContainerId id) {
        return ((ContainerState.Exited) daemon.state(id)).status().code();
    }
}
