package io.carafe.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the kernel counts as {@link OomLedger} reckons: with cgroup v2 a kill is in the pod's count, and stays there when the scope has
 * gone; with v1 only the scope has it.
 */
class OomLedgerIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String LIMIT = Integer.toString(32 << 20);

    /** Waits for a line, then takes much more than the limit. */
    private static final String EATER = "read go; head -c 200000000 /dev/zero | tail -c 200000000 | wc -c";

    @TempDir
    Path directory;

    private final CgroupHierarchy hierarchy = CgroupHierarchy.detect();
    private final Cgroup pod = hierarchy.cgroup("/carafe-test-" + UUID.randomUUID());
    private final Cgroup killed = pod.child("carafe-killed.scope");
    private final Cgroup spared = pod.child("carafe-spared.scope");

    @BeforeEach
    void makeScopes() {
        killed.create();
        spared.create();
    }

    @AfterEach
    void removeAll() throws InterruptedException {
        pod.killAll(LONG);
        pod.remove();
    }

    @Test
    void killIsToldOfTheScopeInWhichItWasAlone() throws Exception {
        OomLedger ledger = new OomLedger(hierarchy, directory);
        ledger.open(killed.path());
        ledger.open(spared.path());
        limitMemory();

        runOutOfMemory();
        killed.killAll(LONG);
        if (hierarchy.isV2()) {
            killed.remove();
            assertThat(killed.oomKills()).isEmpty();
        }

        assertThat(ledger.settle(killed.path())).isTrue();
        spared.remove();
        assertThat(ledger.settle(spared.path())).isFalse();
    }

    private void runOutOfMemory() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", EATER)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            killed.add(process.pid());
            process.getOutputStream().write('\n');
            process.getOutputStream().close();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(killed.oomKills().orElse(0)).isPositive();
    }

    private void limitMemory() throws IOException {
        if (!hierarchy.isV2()) {
            Files.writeString(killed.directory("memory").orElseThrow().resolve("memory.limit_in_bytes"), LIMIT);
            return;
        }
        Path group = killed.directories().getFirst();
        Files.writeString(group.resolve("memory.max"), LIMIT);
        if (Files.exists(group.resolve("memory.swap.max"))) {
            Files.writeString(group.resolve("memory.swap.max"), "0");
        }
    }
}
