package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.resource.CgroupUsage;
import io.carafe.oci.cli.CommandFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runsc 2024-07 writes. */
class RunscOutputTest {
    private static final List<String> PROCESSES = List.of(
            "UID       PID       PPID      C         TTY       STIME     TIME      CMD",
            "0         2         0         0         ?         07:17     0s        sh",
            "0         3         0         1         ?         07:17     0s        sh",
            "0         4         3         7         ?         07:17     0s        sleep",
            "0         7         4         3         ?         07:17     10ms      sleep",
            "0         8         2         6         ?         07:17     10ms      sleep");

    @Test
    void parentsAreReadFromTheTable() {
        assertThat(Runsc.parents(PROCESSES)).isEqualTo(Map.of(2L, 0L, 3L, 0L, 4L, 3L, 7L, 4L, 8L, 2L));
        assertThat(Runsc.parents(List.of())).isEmpty();
    }

    @Test
    void familyIsWhoseParentsLeadToTheCommand() {
        Set<Long> known = new HashSet<>(Set.of(3L));

        ProcessFamily.grow(known, Runsc.parents(PROCESSES));

        assertThat(known).containsExactlyInAnyOrder(3L, 4L, 7L);
    }

    @Test
    void childThatLostItsParentStaysKnown() {
        Set<Long> known = new HashSet<>(Set.of(3L, 7L));

        ProcessFamily.grow(known, Map.of(2L, 0L, 7L, 2L, 9L, 7L));

        assertThat(known).containsExactlyInAnyOrder(3L, 7L, 9L);
    }

    @Test
    void statisticsAreRead() throws IOException {
        Instant now = Instant.EPOCH;
        CgroupUsage usage = ContainerStats.parse(
                "{\"type\":\"stats\",\"id\":\"c\",\"data\":{\"cpu\":{\"usage\":{\"total\":323970220}},"
                        + "\"memory\":{\"usage\":{\"limit\":0,\"usage\":6029312,\"failcnt\":0}},\"pids\":{\"current\":5}}}",
                now);

        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(323970220);
        assertThat(usage.memory().usage().value()).isEqualTo(6029312);
        assertThat(usage.memory().available()).isEmpty();
        assertThat(usage.processes()).isEqualTo(5);
        assertThat(usage.at()).isEqualTo(now);
    }

    @Test
    void containerThatDoesNothingHasZeros() throws IOException {
        CgroupUsage usage = ContainerStats.parse(
                "{\"data\":{\"cpu\":{\"usage\":{}},\"memory\":{\"usage\":{\"limit\":0}},\"pids\":{\"current\":1}}}",
                Instant.EPOCH);

        assertThat(usage.cpu().usageCoreNanoSeconds()).isZero();
        assertThat(usage.memory().usage().value()).isZero();
    }

    @Test
    void nonsenseIsNoStatistics() {
        assertThatThrownBy(() -> ContainerStats.parse("{\"type\":\"oom\"}", Instant.EPOCH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("oom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signaling container \"c\": signaling process in container \"c\" PID 0: no such process",
                "loading container: file does not exist",
                "loading container: open /run/carafe/runsc/s/c_sandbox:s.state: no such file or directory",
                "destroying container \"c\": container \"c\" not found",
                "cannot signal container \"c\" in state stopped"
            })
    void endedContainersAreKnownByTheWords(String words) {
        assertThat(Runsc.saysItHasEnded(new CommandFailure.BadExit("kill", 128, words)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"permission denied", "fork/exec /proc/self/exe: no such file or directory"})
    void otherFailuresAreNoEnd(String words) {
        assertThat(Runsc.saysItHasEnded(new CommandFailure.BadExit("kill", 128, words)))
                .isFalse();
    }
}
