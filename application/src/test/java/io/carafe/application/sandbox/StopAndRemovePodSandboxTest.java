package io.carafe.application.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.application.node.Waiting;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopAndRemovePodSandboxTest {
    @TempDir
    Path directory;

    private TestNode node;
    private TestDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.in(directory);
        node.patience(Duration.ofMillis(200));
        daemon = node.startWithImage();
    }

    @Test
    void stopGivesTheNetworkBackAndKeepsTheAddressReadable() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        daemon.running(pod, Requests.container("app", "sleep"));

        daemon.stopPodSandbox.stop(pod.value());

        PodSandbox stopped = daemon.inventory.sandbox(pod.value());
        assertThat(node.network.addresses()).isEmpty();
        assertThat(stopped.networkReleased()).isTrue();
        assertThat(stopped.network().ips()).hasSize(1);
    }

    @Test
    void stopTwiceAndRemoveTwiceSucceed() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));

        daemon.stopPodSandbox.stop(pod.value());
        daemon.stopPodSandbox.stop(pod.value());
        daemon.removePodSandbox.remove(pod.value());
        daemon.removePodSandbox.remove(pod.value());
        daemon.stopPodSandbox.stop(pod.value());

        assertThat(node.held()).isEmpty();
    }

    @Test
    void removeTakesContainersOfEveryState() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        daemon.created(pod, Requests.container("created", "sleep"));
        daemon.running(pod, Requests.container("running", "stubborn"));
        daemon.exited(pod, "exited", 1);

        daemon.removePodSandbox.remove(pod.value());

        assertThat(node.held()).isEmpty();
    }

    /** Each removal gives space back, so the first must not need any. */
    @Test
    void podCanBeStoppedAndRemovedOnAFullDisk() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        daemon.running(pod, Requests.container("running", "sleep"));
        daemon.ports.fail("RecordStore.save", new Fault.Exhausted("no space left on the device"));

        daemon.stopPodSandbox.stop(pod.value());
        daemon.removePodSandbox.remove(pod.value());

        assertThat(node.held()).isEmpty();
    }

    @Test
    void podWhoseContainersCannotBeEndedOneByOneIsEndedAsAWhole() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        daemon.running(pod, Requests.container("app", "sleep"));
        daemon.ports.fail("Containers.kill", new Fault.TimedOut("its shim hangs"));
        daemon.ports.before("Sandboxes.delete", daemon.ports::heal);

        daemon.stopPodSandbox.stop(pod.value());
        daemon.removePodSandbox.remove(pod.value());

        assertThat(node.held()).isEmpty();
    }

    @Test
    void containersThatHangAreWaitedForAtOnce() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        List<ContainerId> stuck = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stuck.add(daemon.running(pod, Requests.container("stuck" + i, "stuck")));
        }
        ContainerId other = daemon.running(pod, Requests.container("other", "sleep"));
        long before = System.nanoTime();

        assertThatThrownBy(() -> daemon.removePodSandbox.remove(pod.value())).isInstanceOf(Fault.TimedOut.class);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(800));
        assertThat(node.processes.lives(other.value())).isFalse();
        assertThat(daemon.inventory.sandbox(pod.value()).isReady()).isTrue();
        stuck.forEach(id -> node.processes.exit(id, 137));
        daemon.removePodSandbox.remove(pod.value());
        assertThat(node.held()).isEmpty();
    }

    @Test
    void removalIsJoinedAndGoesOnWithoutItsCaller() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        Waiting<String> first = Waiting.at(daemon, "PodNetwork.detach", () -> {
            daemon.removePodSandbox.remove(pod.value());
            return "";
        });
        first.hangUp();
        first.go();

        daemon.removePodSandbox.remove(pod.value());

        assertThat(node.held()).isEmpty();
    }

    @Test
    void removalOfASandboxThatIsBeingRunWaitsForIt() throws Exception {
        Waiting<PodSandboxId> run = Waiting.at(daemon, "PodNetwork.attach", () -> daemon.pod(Requests.pod("web")));
        String id = daemon.inventory.sandboxes().iterator().next().id().value();
        Waiting<String> removal = Waiting.keptFrom(daemon, "Sandboxes.delete", () -> {
            daemon.removePodSandbox.remove(id);
            return "removed";
        });
        removal.go();
        run.go();
        assertThat(run.result().value()).isEqualTo(id);

        assertThat(removal.result()).isEqualTo("removed");
        assertThat(node.held()).isEmpty();
    }

    @Test
    void networkThatCannotBeGivenBackKeepsThePodListed() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.pod("web"));
        daemon.ports.fail("PodNetwork.detach", new Fault.Unavailable("plugin failed"));

        assertThatThrownBy(() -> daemon.removePodSandbox.remove(pod.value()))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("plugin failed");
        assertThat(daemon.inventory.sandboxes()).hasSize(1);
        daemon.ports.heal();
        daemon.removePodSandbox.remove(pod.value());

        assertThat(node.held()).isEmpty();
    }

    @Test
    void podWhoseSandboxContainerHasEndedIsStoppedInFull() throws Exception {
        PodSandboxId pod = daemon.pod(Requests.hostNetworkPod("proxy"));
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));
        node.processes.exit(pod, 1);
        daemon.awaitNotReady(pod);

        daemon.stopPodSandbox.stop(pod.value());

        assertThat(node.processes.lives(id.value())).isFalse();
        assertThat(node.host.namespaces().list()).isEmpty();
    }
}
