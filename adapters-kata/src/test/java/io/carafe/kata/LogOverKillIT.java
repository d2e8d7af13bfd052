package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.Eventually;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** No line of a container is lost when the daemon is killed, as it reads or while nobody does. */
class LogOverKillIT extends HandlerHarness {
    private static final int KILLS = 6;
    /** Between two kills, so many that most kills fall among them: some 1.3 MB of log. */
    private static final int BATCH = 20_000;

    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }

    @Test
    void everyLineIsLoggedOverManyKills() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("i=0; for kill in $(seq " + KILLS
                + "); do while [ ! -e /go$kill ]; do sleep 0.01; done; "
                + "end=$((i+" + BATCH + ")); while [ $i -lt $end ]; do echo line $i of many; i=$((i+1)); done; done; "
                + "while [ ! -e /go ]; do sleep 0.01; done; exit 3");
        for (int kill = 1; kill <= KILLS; kill++) {
            long before = size(pod.log(id));
            Process daemon = AdoptingDaemon.launch(directory(), id);
            try {
                go("go" + kill);
                Eventually.isTrue("it logs", () -> size(pod.log(id)) > before + 100_000);
            } finally {
                daemon.destroyForcibly().waitFor();
            }
        }

        restart();
        containers().adopt(id);
        go("go");

        assertThat(exits().await(id).code()).isEqualTo(3);
        assertNoLineIsMissing(pod, id);
    }

    @Test
    void lastLinesOfAContainerThatEndsWithoutADaemonAreLogged() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("echo first; while [ ! -e /go ]; do sleep 0.01; done; echo last; exit 9");
        AdoptingDaemon.launch(directory(), id).destroyForcibly().waitFor();
        go("go");
        Path cgroup = Path.of("/proc", "" + init(id), "stat");
        Eventually.isTrue(
                "it has ended",
                () -> !Files.exists(cgroup) || Files.readString(cgroup).contains(") Z"));

        restart();

        assertThat(containers().observe(id))
                .isInstanceOfSatisfying(
                        Observation.Exited.class,
                        exited -> assertThat(exited.status().code()).isEqualTo(9));
        assertThat(pod.logText(id)).contains("first").contains("last");
    }

    @Test
    void inputOfAContainerOutlivesTheDaemon() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(TckPod.Request.shell("while read x; do echo got $x; done; exit 8")
                .withStdin(false));
        AdoptingDaemon.launch(directory(), id).destroyForcibly().waitFor();

        restart();
        containers().adopt(id);

        try (var attached = containers().attach(id)) {
            attached.stdin().write("it\n".getBytes(StandardCharsets.UTF_8));
            Eventually.isTrue("it answers", () -> pod.logText(id).contains("got it"));
        }
        assertThat(exits().of(id)).isEmpty();
    }

    private long init(ContainerId id) throws Exception {
        return ShimTask.in(runDirectory().resolve("containers"), "container", id.value())
                .init()
                .orElseThrow()
                .pid();
    }

    private void go(String name) throws Exception {
        Files.createFile(directory().resolve("rootfs").resolve(name));
    }

    private static long size(Path log) throws Exception {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** A piece may have come twice, but always from where it began, so every line comes whole after the one before. */
    private static void assertNoLineIsMissing(TckPod pod, ContainerId id) throws Exception {
        StringBuilder output = new StringBuilder();
        Files.readString(pod.log(id)).lines().forEach(line -> {
            String[] fields = line.split(" ", 4);
            output.append(fields[3]).append(fields[2].equals("F") ? "\n" : "");
        });
        int from = 0;
        for (int i = 0; i < KILLS * BATCH; i++) {
            int at = output.indexOf("line " + i + " of many\n", from);
            assertThat(at).as("line %d", i).isNotNegative();
            from = at;
        }
    }
}
