package io.carafe.application.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.application.node.PortCalls.Fate;
import io.carafe.application.node.PowerLoss;
import io.carafe.application.node.Requests;
import io.carafe.application.node.TestDaemon;
import io.carafe.application.node.TestNode;
import io.carafe.domain.container.Container;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A seed decides an order of calls, failures, exits, kills of the daemon and reboots. After each kill all that is held is listed,
 * and in the end all can be removed. A seed that failed once stays in {@link #seeds}.
 */
class LifecycleSimulationTest {
    private static final int STEPS = 60;

    @TempDir
    Path directory;

    private final List<String> story = new ArrayList<>();

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 24);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndNothingIsLeft(int seed) throws Exception {
        var random = new Random(seed);
        TestNode node = TestNode.in(directory.resolve("node"));
        node.patience(Duration.ofMillis(20));
        TestDaemon daemon = node.startWithImage();
        for (int step = 0; step < STEPS; step++) {
            boolean dies = random.nextInt(12) == 0;
            if (dies) {
                daemon.ports.doom(1 + random.nextInt(10), random.nextBoolean() ? Fate.DEATH : Fate.DEATH_AFTERWARDS);
            } else if (random.nextInt(8) == 0) {
                daemon.ports.doom(1 + random.nextInt(10), failure(random));
            }
            step(node, daemon, random);
            daemon.ports.heal();
            if (dies) {
                story.add("the daemon dies");
                daemon.ports.kill();
                if (random.nextInt(3) == 0) {
                    story.add("the node is restarted");
                    node.reboot();
                }
                daemon = node.start();
                assertThat(node.strays()).as("seed %d: %s", seed, story).isEmpty();
            }
        }
        assertThat(node.strays()).as("seed %d: %s", seed, story).isEmpty();
        daemon.removeAll();
        assertThat(node.held()).as("seed %d: %s", seed, story).isEmpty();
    }

    private static Fate failure(Random random) {
        return List.of(Fate.FAILS, Fate.FAILS_AFTERWARDS, Fate.ALL_FAIL).get(random.nextInt(3));
    }

    private void step(TestNode node, TestDaemon daemon, Random random) throws InterruptedException {
        Optional<PodSandbox> pod =
                any(daemon.inventory.sandboxes(), s -> s.config().metadata().key(), random);
        Optional<Container> container = any(daemon.inventory.containers(), c -> name(daemon, c), random);
        switch (random.nextInt(11)) {
            case 0, 1 -> call("RunPodSandbox", () -> daemon.pod(config(random)));
            case 2, 3, 4 ->
                pod.ifPresent(p -> call(
                        "CreateContainer",
                        () -> daemon.created(
                                p.id(), Requests.container("c" + random.nextInt(3), program(random), "3"))));
            case 5, 6 ->
                container.ifPresent(c -> call("StartContainer", () -> daemon.startContainer.start(c.id().value())));
            case 7 ->
                container.ifPresent(c -> call(
                        "StopContainer",
                        () -> daemon.stopContainer.stop(c.id().value(), Duration.ofMillis(random.nextInt(3)))));
            case 8 ->
                container.ifPresent(c -> {
                    story.add("exit");
                    node.processes.exit(c.id(), 7);
                });
            case 9 ->
                container.ifPresent(c -> call("RemoveContainer", () -> daemon.removeContainer.remove(c.id().value())));
            default ->
                pod.ifPresent(p -> {
                    if (random.nextBoolean()) {
                        call("StopPodSandbox", () -> daemon.stopPodSandbox.stop(p.id().value()));
                    } else {
                        call("RemovePodSandbox", () -> daemon.removePodSandbox.remove(p.id().value()));
                    }
                });
        }
    }

    /** By names, since ids are different each time. */
    private static String name(TestDaemon daemon, Container container) {
        String pod = daemon.inventory
                .findSandbox(container.sandboxId().value())
                .map(s -> s.config().metadata().key())
                .orElse("");
        return pod + "/" + container.config().metadata().name();
    }

    private static PodSandboxConfig config(Random random) {
        String name = "pod" + random.nextInt(3);
        return switch (random.nextInt(3)) {
            case 0 -> Requests.pod(name);
            case 1 -> Requests.hostNetworkPod(name);
            default -> Requests.podOfContainerPids(name);
        };
    }

    private static String program(Random random) {
        return List.of("sleep", "stubborn", "exit", "missing").get(random.nextInt(4));
    }

    private interface Call {
        void run() throws InterruptedException;
    }

    /** A fault is an answer, the end of the daemon is planned; anything else is a bug. */
    private void call(String verb, Call call) {
        try {
            call.run();
            story.add(verb);
        } catch (Fault e) {
            story.add(verb + " failed: " + e.getMessage());
        } catch (IllegalStateException e) {
            story.add(verb + " cut off");
            assertThat(e).as("%s", story).hasRootCauseInstanceOf(PowerLoss.class);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> Optional<T> any(Collection<T> all, Function<T, String> key, Random random) {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        all.stream().sorted(Comparator.comparing(key)).toList().get(random.nextInt(all.size())));
    }
}
