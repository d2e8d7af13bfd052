package io.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.resource.CgroupUsage;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the cgroups of this host, of whichever version. */
class CgroupIT {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final CgroupHierarchy hierarchy = CgroupHierarchy.detect();
    private final Cgroup top = hierarchy.cgroup("/carafe-test-" + UUID.randomUUID());
    private final Cgroup pod = top.child("pod");
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        top.killAll(LONG);
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        top.remove();
    }

    @Test
    void createdCgroupTakesProcessesAndTellsTheirUsage() throws IOException {
        pod.create();
        pod.create();
        long pid = sleeperIn(pod);

        assertThat(pod.exists()).isTrue();
        assertThat(top.children()).containsExactly("pod");
        assertThat(top.processes()).containsExactly(pid);
        CgroupUsage usage = pod.usage(Instant.now()).orElseThrow();
        assertThat(usage.processes()).isEqualTo(1);
        assertThat(usage.memory().available()).isEmpty();
        assertThat(pod.oomKills()).hasValue(0);
    }

    @Test
    void killAllLeavesNoProcessBelow() throws Exception {
        pod.create();
        sleeperIn(pod);
        Cgroup container = pod.child("container");
        container.create();
        for (int i = 0; i < 3; i++) {
            sleeperIn(container);
        }

        assertThat(pod.killAll(LONG)).isTrue();

        assertThat(top.processes()).isEmpty();
        assertThat(pod.killAll(LONG)).isTrue();
    }

    @Test
    void killAllCatchesAProcessThatForksWithoutEnd() throws Exception {
        pod.create();
        Process process = new ProcessBuilder("/bin/sh", "-c", "read x; while :; do sleep 300 & done")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        Path limit = pod.directory("pids").orElseThrow().resolve("pids.max");
        Files.writeString(limit, "200");
        pod.add(process.pid());
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();

        assertThat(pod.killAll(LONG)).isTrue();
        assertThat(pod.processes()).isEmpty();
    }

    @Test
    void removalOfACgroupInUseIsRefusedAndOfNothingSucceeds() throws IOException {
        pod.create();
        sleeperIn(pod);

        assertThatThrownBy(top::remove).isInstanceOf(LinuxException.class).hasMessageContaining("EBUSY");
        hierarchy.cgroup("/carafe-test-absent").remove();
    }

    @Test
    void removalTakesTheCgroupsBelowInEveryTree() {
        pod.child("container").create();

        top.remove();

        assertThat(top.exists()).isFalse();
        assertThat(top.usage(Instant.now())).isEmpty();
        assertThat(top.oomKills()).isEmpty();
        assertThat(top.children()).isEmpty();
        assertThat(top.processes()).isEmpty();
    }

    private long sleeperIn(Cgroup cgroup) throws IOException {
        Process process = new ProcessBuilder("/bin/sleep", "300").start();
        processes.add(process);
        cgroup.add(process.pid());
        return process.pid();
    }
}
