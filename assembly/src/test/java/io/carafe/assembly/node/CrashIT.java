package io.carafe.assembly.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Await;
import io.carafe.cri.v1.Container;
import io.carafe.cri.v1.ContainerState;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.PodSandbox;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PodSandboxState;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The daemon dies at a random moment of pods' lives; the next one lists what there is, and all of it can be removed.
 */
class CrashIT {
    private static final int LATEST_MILLIS = 1500;

    @ParameterizedTest
    @MethodSource("io.carafe.assembly.node.CrashRound#all")
    void whateverTheMomentEverythingIsListedAndCanBeRemoved(CrashRound round) throws Exception {
        var random = round.random();
        try (PrivateNode node = PrivateNode.start(Handlers.sections(), List.of())) {
            var client = new NodeClient(node);
            client.pull();
            Thread kubelet = Thread.ofPlatform().start(() -> lives(client, round.number()));
            int moment = random.nextInt(LATEST_MILLIS);
            String when = round.killedAfter(moment);
            Thread.sleep(moment);
            node.kill();
            kubelet.join();

            node.startAgain();

            for (PodSandbox pod : client.pods()) {
                assertThat(pod.getState()).as(when).isNotEqualTo(PodSandboxState.UNRECOGNIZED);
            }
            for (Container container : client.containers()) {
                Await.until(
                        when + ": container " + container.getId() + " has a state",
                        Duration.ofSeconds(10),
                        () -> client.status(container.getId()).getState() != ContainerState.CONTAINER_UNKNOWN);
            }
            for (PodSandbox pod : client.pods()) {
                client.remove(pod.getId());
            }
            assertThat(client.pods()).as(when).isEmpty();
            assertThat(client.containers()).as(when).isEmpty();
            assertThat(node.leftovers()).as(when).isEmpty();
        }
    }

    /** Pods of all handlers come and go, with and without a pause process, until nobody answers any more. */
    private static void lives(NodeClient client, int first) {
        try {
            for (int i = 0; ; i++) {
                PodSandboxConfig config = client.pod(i % 2 == 0 ? NamespaceMode.CONTAINER : NamespaceMode.POD);
                String pod = client.run(config, Handlers.NAMES.get((first + i) % Handlers.NAMES.size()));
                client.start(client.create(pod, config, "one", "echo one; sleep 1000"));
                client.start(client.create(pod, config, "two", "exit 2"));
                if (i % 3 == 2) {
                    client.remove(pod);
                }
            }
        } catch (StatusRuntimeException _) {
            // the daemon is dead
        }
    }
}
