package io.carafe.application.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.application.node.Waiting;
import io.carafe.domain.container.Container;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerState;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateContainerTest {
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
    void answersTheIdOfACreatedContainer() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));

        Container container = daemon.inventory.container(id.value());
        assertThat(container.state()).isInstanceOf(ContainerState.Created.class);
        assertThat(container.process().orElseThrow().args()).containsExactly("sleep");
        assertThat(node.storage.snapshotter().snapshots()).containsExactly(id.value());
        assertThat(node.processes.lives(id.value())).isTrue();
    }

    @Test
    void sandboxIsFoundByTheBeginningOfItsId() throws Exception {
        ContainerId id =
                daemon.createContainer.create(pod.value().substring(0, 12), Requests.container("app", "sleep"));

        assertThat(daemon.inventory.container(id.value()).sandboxId()).isEqualTo(pod);
    }

    @Test
    void sameRequestIsAnsweredAgainWhileItIsCreated() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));

        assertThat(daemon.created(pod, Requests.container("app", "sleep"))).isEqualTo(id);
    }

    @Test
    void sameRequestUnderWayIsJoined() throws Exception {
        Waiting<ContainerId> first =
                Waiting.at(daemon, "Containers.create", () -> daemon.created(pod, Requests.container("app", "sleep")));
        first.hangUp();
        first.go();

        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));

        assertThat(daemon.inventory.containers()).extracting(Container::id).containsExactly(id);
    }

    @Test
    void sameRequestPastItsCreationNamesIdAndState() throws Exception {
        ContainerId id = daemon.running(pod, Requests.container("app", "sleep"));

        assertThatThrownBy(() -> daemon.created(pod, Requests.container("app", "sleep")))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining(id.value())
                .hasMessageContaining("running");
    }

    @Test
    void otherRequestNamesTheFieldThatDiffers() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));

        assertThatThrownBy(() -> daemon.created(pod, Requests.container("app", "stubborn")))
                .isInstanceOf(Fault.AlreadyExists.class)
                .hasMessageContaining(id.value())
                .hasMessageContaining("created")
                .hasMessageContaining("command");
    }

    @Test
    void sameNameInAnotherPodIsAnotherContainer() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        PodSandboxId other = daemon.pod(Requests.pod("other"));

        assertThat(daemon.created(other, Requests.container("app", "sleep"))).isNotEqualTo(id);
    }

    @Test
    void removalReleasesTheName() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.removeContainer.remove(id.value());

        assertThat(daemon.created(pod, Requests.container("app", "stubborn"))).isNotEqualTo(id);
    }

    @Test
    void unknownSandboxIsNotFound() {
        assertThatThrownBy(() -> daemon.createContainer.create("ab".repeat(32), Requests.container("app", "sleep")))
                .isInstanceOf(Fault.NotFound.class);
    }

    @Test
    void imageThatIsNotOnTheNodeIsNotFoundByName() {
        Set<String> before = node.held();

        assertThatThrownBy(() ->
                        daemon.created(pod, Requests.container("app", "registry.test/other:1", Map.of(), "sleep")))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining("registry.test/other:1")
                .hasMessageContaining("pull");
        assertThat(node.held()).isEqualTo(before);
    }

    @Test
    void imageRemovedMeanwhileIsNotFoundAndLeavesNothing() throws Exception {
        Set<String> before = node.held();
        daemon.ports.before("Snapshotter.mount", () -> daemon.removeImage.remove(TestNode.IMAGE));

        assertThatThrownBy(() -> daemon.created(pod, Requests.container("app", "sleep")))
                .isInstanceOf(Fault.NotFound.class)
                .hasMessageContaining("removed meanwhile; pull it again");
        assertThat(node.held()).isEqualTo(before);
    }

    @Test
    void imageRemovedAfterwardsDoesNoHarm() throws Exception {
        ContainerId id = daemon.created(pod, Requests.container("app", "sleep"));
        daemon.removeImage.remove(TestNode.IMAGE);

        daemon.startContainer.start(id.value());

        assertThat(daemon.state(id)).isInstanceOf(ContainerState.Running.class);
        assertThat(node.storage.snapshotter().layers()).isNotEmpty();
        daemon.removeContainer.remove(id.value());
        daemon.removeImage.remove(TestNode.IMAGE);
    }

    @Test
    void stopOfThePodWaitsForTheContainerAndEndsIt() throws Exception {
        Waiting<ContainerId> creation =
                Waiting.at(daemon, "Containers.create", () -> daemon.created(pod, Requests.container("app", "sleep")));
        Waiting<String> stop = Waiting.at(daemon, "PodNetwork.detach", () -> {
            creation.go();
            daemon.stopPodSandbox.stop(pod.value());
            return "stopped";
        });
        ContainerId id = creation.result();

        assertThat(node.processes.lives(id.value())).isFalse();
        stop.go();
        assertThat(stop.result()).isEqualTo("stopped");
        daemon.await(id, ContainerState.Exited.class);
    }

    @Test
    void removalOfThePodTakesTheContainerThatIsBeingCreated() throws Exception {
        Waiting<ContainerId> creation =
                Waiting.at(daemon, "Containers.create", () -> daemon.created(pod, Requests.container("app", "sleep")));
        Waiting<String> removal = Waiting.at(daemon, "Sandboxes.delete", () -> {
            creation.go();
            daemon.removePodSandbox.remove(pod.value());
            return "removed";
        });
        removal.go();

        assertThat(removal.result()).isEqualTo("removed");
        assertThat(node.held()).isEmpty();
    }

    @Test
    void noContainerIsAcceptedInAPodThatIsBeingRemoved() throws Exception {
        Waiting<String> removal = Waiting.at(daemon, "Sandboxes.delete", () -> {
            daemon.removePodSandbox.remove(pod.value());
            return "removed";
        });
        Waiting<ContainerId> creation = Waiting.keptFrom(
                daemon, "Snapshotter.mount", () -> daemon.created(pod, Requests.container("app", "sleep")));
        creation.go();
        removal.go();

        assertThat(removal.result()).isEqualTo("removed");
        assertThat(creation.fault()).containsInstanceOf(Fault.class);
        assertThat(node.held()).isEmpty();
    }

    @Test
    void stopOfAContainerThatIsBeingCreatedEndsIt() throws Exception {
        Waiting<ContainerId> creation =
                Waiting.at(daemon, "Containers.create", () -> daemon.created(pod, Requests.container("app", "sleep")));
        String id = daemon.inventory.containers().iterator().next().id().value();
        Waiting<String> stop = Waiting.at(daemon, "Containers.kill", () -> {
            creation.go();
            daemon.stopContainer.stop(id, Duration.ofSeconds(30));
            return "stopped";
        });
        stop.go();

        assertThat(stop.result()).isEqualTo("stopped");
        assertThat(daemon.state(creation.result())).isInstanceOf(ContainerState.Exited.class);
    }
}
