package io.carafe.application.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.application.task.Subtasks;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.ports.runtime.RuntimeFeature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPodSandboxTest {
    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        daemon = node.startWithImage();
    }

    @Test
    void answersTheIdOfAReadySandboxWithAllItNeeds() throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));

        PodSandbox sandbox = daemon.inventory.sandbox(id.value());
        assertThat(sandbox.isReady()).isTrue();
        assertThat(sandbox.network().ips()).hasSize(1);
        assertThat(sandbox.namespaces())
                .containsOnlyKeys(NamespaceType.NETWORK, NamespaceType.IPC, NamespaceType.UTS, NamespaceType.PID);
        assertThat(sandbox.cgroup()).isPresent();
        assertThat(node.processes.lives(id.value())).isTrue();
        assertThat(node.strays()).isEmpty();
    }

    @Test
    void podOnTheHostsNetworkGetsNoAddress() throws Exception {
        PodSandboxId id = daemon.pod(Requests.hostNetworkPod("proxy"));

        assertThat(daemon.inventory.sandbox(id.value()).network().ips()).isEmpty();
        assertThat(node.network.addresses()).isEmpty();
    }

    @Test
    void stopOfAPodOnTheHostsNetworkReleasesItsNamespacesAndProcess() throws Exception {
        PodSandboxId id = daemon.pod(Requests.hostNetworkPod("proxy"));

        daemon.stopPodSandbox.stop(id.value());

        assertThat(node.host.namespaces().list()).isEmpty();
        assertThat(node.processes.ids()).isEmpty();
    }

    @Test
    void sameRequestIsAnsweredAgain() throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));

        assertThat(daemon.pod(Requests.pod("web"))).isEqualTo(id);
        assertThat(daemon.inventory.sandboxes()).hasSize(1);
    }

    @Test
    void anotherAttemptIsAnotherSandbox() throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));

        assertThat(daemon.pod(Requests.pod("web", 1, Map.of()))).isNotEqualTo(id);
    }

    @Test
    void otherRequestWithTheSameMetadataNamesIdStateAndDifference() throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));

        assertThatThrownBy(() -> daemon.pod(Requests.pod("web", 0, Map.of("tier", "front"))))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining(id.value())
                .hasMessageContaining("Ready")
                .hasMessageContaining("labels");
    }

    @Test
    void stoppedSandboxIsNotRevived() throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));
        daemon.stopPodSandbox.stop(id.value());

        assertThatThrownBy(() -> daemon.pod(Requests.pod("web")))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining(id.value())
                .hasMessageContaining("NotReady")
                .hasMessageContaining("RemovePodSandbox");
    }

    @Test
    void removedSandboxFreesItsMetadata() throws Exception {
        PodSandboxId id = daemon.pod(Requests.pod("web"));
        daemon.removePodSandbox.remove(id.value());

        assertThat(daemon.pod(Requests.pod("web"))).isNotEqualTo(id);
    }

    @Test
    void sameRequestUnderWayIsJoined() throws Exception {
        var attaching = new CountDownLatch(1);
        daemon.ports.before("PodNetwork.attach", attaching::await);
        Callable<PodSandboxId> run = () -> daemon.pod(Requests.pod("web"));
        Callable<PodSandboxId> let = () -> {
            while (daemon.operations.underWay().isEmpty()) {
                Thread.onSpinWait();
            }
            attaching.countDown();
            return run.call();
        };

        List<PodSandboxId> ids = new Subtasks().all("run", 4, List.of(run, run, run, let));

        assertThat(ids).containsOnly(ids.getFirst());
        assertThat(daemon.inventory.sandboxes()).hasSize(1);
    }

    @Test
    void otherRequestUnderWayIsRefusedWithItsStage() throws Exception {
        var attaching = new CountDownLatch(1);
        var mayAttach = new CountDownLatch(1);
        daemon.ports.before("PodNetwork.attach", () -> {
            attaching.countDown();
            mayAttach.await();
        });
        Thread first = new Subtasks().background("first", () -> unchecked(() -> daemon.pod(Requests.pod("web"))));
        attaching.await();

        assertThatThrownBy(() -> daemon.pod(Requests.pod("web", 0, Map.of("tier", "front"))))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining("stage: network");
        mayAttach.countDown();
        first.join();
    }

    @Test
    void goesOnWhenItsCallerHangsUp() throws Exception {
        var attaching = new CountDownLatch(1);
        var mayAttach = new CountDownLatch(1);
        daemon.ports.before("PodNetwork.attach", () -> {
            attaching.countDown();
            mayAttach.await();
        });
        Thread caller = new Subtasks().background("caller", () -> unchecked(() -> daemon.pod(Requests.pod("web"))));
        attaching.await();
        caller.interrupt();
        caller.join();
        mayAttach.countDown();

        assertThat(daemon.inventory
                        .sandbox(daemon.pod(Requests.pod("web")).value())
                        .isReady())
                .isTrue();
    }

    @Test
    void endOfTheSandboxContainerDuringTheRunIsNotMissed() throws Exception {
        daemon.ports.before(
                "RecordStore.save",
                () -> daemon.inventory.sandboxes().stream()
                        .map(PodSandbox::id)
                        .forEach(id -> node.processes.exit(id, 1)));

        PodSandboxId id = daemon.pod(Requests.pod("web"));

        daemon.awaitNotReady(id);
        assertThat(daemon.state(id))
                .isInstanceOfSatisfying(
                        SandboxState.NotReady.class,
                        state -> assertThat(state.cause()).contains("code 1"));
    }

    @Test
    void cgroupThatDoesNotFitIsRefusedBeforeAnythingIsMade() {
        assertThatThrownBy(() -> daemon.pod(Requests.podInCgroup("web", "kubepods-pod1.slice")))
                .isInstanceOf(Fault.InvalidArgument.class);
        assertThat(node.held()).isEmpty();
    }

    @Test
    void sysctlThatIsOfNoNamespaceIsRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> daemon.pod(Requests.podWithSysctls("web", Map.of("vm.swappiness", "1"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("vm.swappiness");
        assertThat(node.held()).isEmpty();
    }

    @Test
    void networkThatIsNotConfiguredIsUnavailableAndLeavesNothing() {
        node.network.configured(false);

        assertThatThrownBy(() -> daemon.pod(Requests.pod("web"))).isInstanceOf(Fault.Unavailable.class);
        assertThat(node.held()).isEmpty();
    }

    @Test
    void unknownHandlerIsRefusedByName() {
        assertThatThrownBy(() -> daemon.runPodSandbox.run(Requests.pod("web"), "kata"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("kata");
    }

    @Test
    void missingFeatureIsRefusedEarlyWithItsReason() throws Exception {
        node.lacks(RuntimeFeature.HOST_NETWORK);
        TestDaemon next = node.start();

        assertThatThrownBy(() -> next.pod(Requests.hostNetworkPod("proxy")))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("not in memory");
        assertThat(node.held()).isEmpty();
    }

    private static void unchecked(Callable<?> work) {
        try {
            work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
