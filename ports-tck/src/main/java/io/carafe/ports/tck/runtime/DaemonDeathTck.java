package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeFeature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every handler has after {@code kill -9} of the daemon: the truth about each container, and nothing that cannot be removed. The
 * handler works in a JVM of its own, which the kit kills; another over the same directories takes over, as the next daemon does.
 */
public abstract class DaemonDeathTck extends HandlerHarness {
    private static final String FOREVER = "exec sleep 1000";
    /** So long that the daemon is dead before it ends; a number a line. */
    private static final String COUNT = "for i in $(seq 100); do echo tick $i; sleep 0.02; done; ";

    @Test
    void everyStepThatWasTakenIsKnownToTheNextDaemon() throws Exception {
        TckPod pod = prepare(pidsThatCanBe());
        ContainerId created;
        ContainerId running;
        ContainerId ended;
        ContainerId killed;
        ContainerId deleted;
        try (var daemon = KilledDaemon.launch(kit(), directory(), rootfs())) {
            daemon.run(pod);
            created = daemon.create(pod, "exit 12");
            running = daemon.start(pod, FOREVER);
            ended = daemon.start(pod, "echo last words; exit 3");
            killed = daemon.start(pod, FOREVER);
            deleted = daemon.start(pod, FOREVER);
            daemon.done(daemon.killing(pod, killed));
            daemon.done(daemon.deleting(pod, deleted));
            Eventually.isTrue("it has written", () -> pod.logText(ended).contains("last words"));
            daemon.kill();
        }

        restart();

        assertThat(containers().observe(created)).isInstanceOf(Observation.Created.class);
        assertThat(containers().observe(running)).isInstanceOf(Observation.Running.class);
        assertThat(containers().observe(deleted)).isInstanceOf(Observation.Gone.class);
        awaitExited(ended, 3);
        awaitExited(killed, 137);
        adopt(pod);
        assertThat(exits.await(ended).code()).isEqualTo(3);
        assertThat(exits.await(killed).code()).isEqualTo(137);
        containers().start(created);
        assertThat(exits.await(created).code()).isEqualTo(12);
        assertThat(exec(pod, running, "exit 4")).isEqualTo(4);
        containers().kill(running, Signal.KILL, KillScope.INIT);
        assertThat(exits.await(running).code()).isEqualTo(137);
    }

    @Test
    void containerThatEndsWithoutADaemonHasItsCodeAndItsLog() throws Exception {
        TckPod pod = prepare(pidsThatCanBe());
        ContainerId id;
        try (var daemon = KilledDaemon.launch(kit(), directory(), rootfs())) {
            daemon.run(pod);
            id = daemon.start(pod, COUNT + "echo last words; exit 21");
            Eventually.isTrue("it writes", () -> pod.logText(id).contains("tick"));
            daemon.kill();
        }

        restart();

        awaitExited(id, 21);
        adopt(pod);
        assertThat(exits.await(id).code()).isEqualTo(21);
        // a shim's log may have a piece twice
        assertThat(pod.logText(id)
                        .lines()
                        .map(line -> line.replaceFirst(".* ", ""))
                        .distinct())
                .containsExactlyElementsOf(
                        Stream.concat(IntStream.rangeClosed(1, 100).mapToObj(String::valueOf), Stream.of("words"))
                                .toList());
    }

    @Test
    void openInputOutlivesTheDaemon() throws Exception {
        requires(RuntimeFeature.ATTACH);
        TckPod pod = prepare(pidsThatCanBe());
        ContainerId id;
        try (var daemon = KilledDaemon.launch(kit(), directory(), rootfs())) {
            daemon.run(pod);
            id = daemon.createWithStdin(pod, "while read x; do echo got $x; done; exit 8");
            daemon.done(daemon.starting(pod, id));
            daemon.kill();
        }

        restart();
        adopt(pod);

        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write("it\n".getBytes(StandardCharsets.UTF_8));
            assertThat(ContainerStreamsTck.readLine(attached.stdout())).isEqualTo("got it");
        }
        assertThat(exits.of(id)).isEmpty();
    }

    @Test
    void commandsOfADeadDaemonEndWithItsAdoption() throws Exception {
        TckPod pod = prepare(pidsThatCanBe());
        ContainerId id;
        try (var daemon = KilledDaemon.launch(kit(), directory(), rootfs())) {
            daemon.run(pod);
            id = daemon.start(pod, FOREVER);
            daemon.done(daemon.executing(pod, id, "sleep 4711"));
            daemon.kill();
        }

        restart();
        adopt(pod);

        Eventually.isTrue(
                "the command has ended", () -> exec(pod, id, "ps | grep -v grep | grep -q 'sleep 4711'") == 1);
        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
    }

    /**
     * All seven steps at once, each for a container of its own, and death among them.
     *
     * @param done so many are, and the rest under way, on a machine of any speed
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void deathInTheMiddleOfEveryStepLeavesTheTruth(int done) throws Exception {
        TckPod pod = prepare(pidsThatCanBe());
        Steps undisturbed;
        Steps cutShort;
        try (var daemon = KilledDaemon.launch(kit(), directory(), rootfs())) {
            daemon.run(pod);
            undisturbed = new Steps(daemon, pod);
            cutShort = new Steps(daemon, pod);
            // also warms up the JVM, so that the steps are not all as slow as its loading of classes
            for (var step : undisturbed.begin()) {
                daemon.done(step);
            }
            List<CompletableFuture<String>> steps = cutShort.begin();
            daemon.done(done, steps);
            daemon.kill();
            if (done == 1) {
                assertThat(daemon.answered(steps))
                        .as("steps done at the daemon's death")
                        .isLessThan(steps.size());
            }
        }

        restart();
        sandboxes().adopt(pod.id());
        for (ContainerId id : cutShort.created()) {
            containers().adopt(id);
        }
        containers().adopt(undisturbed.starting);
        containers().adopt(undisturbed.killed);

        for (ContainerId id : List.of(undisturbed.starting, cutShort.starting)) {
            awaitRunToItsEnd(id);
        }
        for (ContainerId id : List.of(undisturbed.killed, cutShort.killed)) {
            containers().kill(id, Signal.KILL, KillScope.ALL);
            assertThat(exits.await(id).code()).isEqualTo(137);
        }
        assertThat(containers().observe(undisturbed.deleted)).isInstanceOf(Observation.Gone.class);
        assertThat(containers().observe(cutShort.used)).isInstanceOf(Observation.Running.class);
        assertThat(exec(pod, cutShort.used, "exit 9")).isEqualTo(9);
        // nobody was told that it is created, so nobody starts it: the next daemon removes it
        assertThat(settled(cutShort.created)).isInstanceOfAny(Observation.Created.class, Observation.Gone.class);
        containers().delete(cutShort.created);
        assertThat(containers().observe(cutShort.created)).isInstanceOf(Observation.Gone.class);
        // the harness deletes all of them, also what is half deleted, and the pods; it looks for what is left
    }

    /** One of each step, for containers and pods that are where it begins. */
    private final class Steps {
        private final KilledDaemon daemon;
        private final TckPod pod;
        private final ContainerId created;
        private final ContainerId starting;
        private final ContainerId killed;
        private final ContainerId deleted;
        private final ContainerId used;
        private final TckPod run = prepare(pidsThatCanBe());
        private final TckPod gone = prepare(pidsThatCanBe());

        Steps(KilledDaemon daemon, TckPod pod) throws Exception {
            this.daemon = daemon;
            this.pod = pod;
            created = pod.remember();
            starting = daemon.create(pod, "exit 7");
            killed = daemon.start(pod, FOREVER);
            deleted = daemon.start(pod, FOREVER);
            used = daemon.start(pod, FOREVER);
            run.pin();
            daemon.run(gone);
        }

        /** Containers that were created before. */
        List<ContainerId> created() {
            return List.of(starting, killed, deleted, used);
        }

        List<CompletableFuture<String>> begin() {
            return new ArrayList<>(List.of(
                    daemon.creating(pod, created, "exit 7"),
                    daemon.starting(pod, starting),
                    daemon.killing(pod, killed),
                    daemon.deleting(pod, deleted),
                    daemon.executing(pod, used, "sleep 4711"),
                    daemon.running(run),
                    daemon.deleting(gone)));
        }
    }

    private void adopt(TckPod pod) throws InterruptedException {
        sandboxes().adopt(pod.id());
        for (ContainerId id : pod.containers()) {
            containers().adopt(id);
        }
    }

    /** What is so once whatever the dead daemon began has come to rest. */
    private Observation settled(ContainerId id) throws Exception {
        return Eventually.get(
                "it can be said what is so",
                () -> Optional.of(containers().observe(id)).filter(seen -> !(seen instanceof Observation.Unreachable)));
    }

    private void awaitExited(ContainerId id, int code) throws Exception {
        Eventually.isTrue("it has exited", () -> containers().observe(id) instanceof Observation.Exited);
        assertThat(containers().observe(id))
                .isInstanceOfSatisfying(
                        Observation.Exited.class,
                        exited -> assertThat(exited.status().code()).isEqualTo(code));
    }

    /** Whether the dead daemon's start came through or not, it is started once and ends with its own code. */
    private void awaitRunToItsEnd(ContainerId id) throws Exception {
        Eventually.isTrue("it runs to its end", () -> {
            if (exits.of(id).isEmpty() && containers().observe(id) instanceof Observation.Created) {
                try {
                    containers().start(id);
                } catch (Fault.WrongState | Fault.Unavailable e) {
                    // the dead daemon's start is still under way
                    assertThat(e).hasMessageContaining(id.value());
                }
            }
            return exits.of(id).isPresent();
        });
        assertThat(exits.await(id).code())
                .as("how %s ended: %s", id, exits.await(id))
                .isEqualTo(7);
    }

    private int exec(TckPod pod, ContainerId id, String shell) throws InterruptedException {
        return execs().run(pod.exec(id, shell), Duration.ofSeconds(10), Bytes.ofMebibytes(1))
                .exitCode();
    }
}
