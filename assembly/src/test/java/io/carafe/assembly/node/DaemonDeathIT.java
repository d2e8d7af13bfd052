package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.ContainerStatus;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is lost over a kill -9 of the daemon. */
class DaemonDeathIT {
    /** A number a line, and the end when there is a certain file. */
    private static final String COUNT =
            "i=0; while [ ! -e /shared/go ]; do i=$((i+1)); echo $i; usleep 20000; done; echo bye; exit 7";

    private PrivateNode node;
    private NodeClient client;

    @BeforeEach
    void startNode() throws IOException {
        node = PrivateNode.start();
        client = new NodeClient(node);
        client.pull();
    }

    @AfterEach
    void endNode() throws Exception {
        node.close();
    }

    @Test
    void podsAndContainersAreAfterARestartWhatTheyWereBefore() throws Exception {
        PodSandboxConfig config = client.pod(NamespaceMode.POD);
        String pod = client.run(config, "");
        String running = client.create(pod, config, "running", COUNT);
        client.start(running);
        String ended = client.create(pod, config, "ended", "exit 3");
        client.start(ended);
        client.awaitExit(ended);
        String created = client.create(pod, config, "created", "true");
        List<ContainerStatus> before = List.of(client.status(running), client.status(ended), client.status(created));
        PodSandboxStatus podBefore = client.podStatus(pod);

        node.kill();
        node.startAgain();

        assertThat(client.podStatus(pod)).isEqualTo(podBefore);
        assertThat(List.of(client.status(running), client.status(ended), client.status(created)))
                .isEqualTo(before);
        client.start(created);
        assertThat(client.awaitExit(created).getExitCode()).isZero();
        client.remove(pod);
        assertThat(client.pods()).isEmpty();
        assertThat(node.leftovers()).isEmpty();
    }

    @Test
    void containerWritesItsLogWithoutTheDaemonAndNoLineIsLost() throws Exception {
        PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);
        String pod = client.run(config, "");
        client.start(client.create(pod, config, "count", COUNT));

        node.kill();
        int then = client.words(config, "count").size();
        Await.until(
                "the log grows",
                Duration.ofSeconds(10),
                () -> client.words(config, "count").size() > then + 10);
        node.startAgain();

        List<String> words = client.words(config, "count");
        for (int i = 0; i < words.size(); i++) {
            assertThat(words.get(i)).isEqualTo(String.valueOf(i + 1));
        }
        client.remove(pod);
    }

    @Test
    void exitWithoutTheDaemonHasItsCodeItsTimeAndItsLastWords() throws Exception {
        PodSandboxConfig config = client.pod(NamespaceMode.CONTAINER);
        String pod = client.run(config, "");
        String container = client.create(pod, config, "count", COUNT);
        client.start(container);

        node.kill();
        Instant killed = Instant.now();
        Files.createFile(node.shared().resolve("go"));
        Await.until(
                "it has ended",
                Duration.ofSeconds(10),
                () -> client.words(config, "count").contains("bye"));
        Instant seen = Instant.now();
        node.startAgain();

        ContainerStatus status = client.awaitExit(container);
        assertThat(status.getExitCode()).isEqualTo(7);
        assertThat(status.getReason()).isEqualTo("Error");
        assertThat(Instant.ofEpochSecond(0, status.getFinishedAt()))
                .isBetween(killed.minusSeconds(1), seen.plusSeconds(1));
        assertThat(status.getState()).isEqualTo(ContainerState.CONTAINER_EXITED);
        client.remove(pod);
    }
}
