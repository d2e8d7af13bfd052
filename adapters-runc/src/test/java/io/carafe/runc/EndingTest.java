package io.carafe.runc;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.process.ExitStatus;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With systemd's driver and version 2, where a scope is gone before anybody has looked; the tree is one of plain files. */
class EndingTest {
    private static final String SLICE = "/pod1.slice";

    @TempDir
    Path directory;

    private OomLedger ledger;
    private MonitoredContainer a;
    private MonitoredContainer b;

    @BeforeEach
    void makeContainers() throws IOException {
        ledger = new OomLedger(CgroupHierarchy.unified(directory.resolve("cgroup")), directory.resolve("oom"));
        count(SLICE, 0);
        a = container("a");
        b = container("b");
    }

    @Test
    void killIsToldWhenConmonSaysNothingAndTheScopeIsGone() throws IOException {
        ends(a, 137, 1);

        assertThat(reason(a)).isEqualTo(ExitStatus.OOM_KILLED);
        assertThat(a.files().oomFile()).exists();
        assertThat(reason(a)).as("asked again").isEqualTo(ExitStatus.OOM_KILLED);
    }

    @Test
    void killedOtherwiseIsAnError() throws IOException {
        ends(a, 137, 0);

        assertThat(reason(a)).isEqualTo(ExitStatus.ERROR);
    }

    @Test
    void killOfTheSiblingIsNotItsOwn() throws IOException {
        ends(a, 137, 1);
        reason(a);
        ends(b, 137, 1);

        assertThat(reason(b)).isEqualTo(ExitStatus.ERROR);
    }

    @Test
    void killInASiblingThatEndedByItselfIsNotItsOwn() throws IOException {
        ends(a, 1, 1);

        assertThat(reason(a))
                .as("it went on after one of its processes was killed")
                .isEqualTo(ExitStatus.ERROR);
        ends(b, 137, 1);
        assertThat(reason(b)).isEqualTo(ExitStatus.ERROR);
    }

    @Test
    void wordOfConmonCountsWithoutTheKernels() throws IOException {
        ends(a, 137, 0);
        Files.write(a.files().oomFile(), new byte[0]);

        assertThat(reason(a)).isEqualTo(ExitStatus.OOM_KILLED);
    }

    @Test
    void lostExitIsUnknownAndItsKillNotTheSiblings() throws IOException {
        Files.writeString(a.files().pidFile(), "1");
        removeScope(a);
        count(SLICE, 1);

        ExitStatus lost = ending().lost(a);

        assertThat(lost.code()).isEqualTo(ExitStatus.UNKNOWN_CODE);
        assertThat(lost.message()).contains("conmon");
        assertThat(ending().of(a)).hasValue(lost);
        ends(b, 137, 1);
        assertThat(reason(b)).isEqualTo(ExitStatus.ERROR);
    }

    private Ending ending() {
        return new Ending(ledger, InstantSource.fixed(Instant.EPOCH));
    }

    private String reason(MonitoredContainer container) throws IOException {
        return ending().of(container).orElseThrow().reason();
    }

    private MonitoredContainer container(String id) throws IOException {
        MonitoredContainer container =
                MonitoredContainer.in(directory.resolve("containers"), "container", id, directory.resolve("root"));
        container.files().bundle().make();
        new Trace(scope(container), Optional.empty(), Optional.empty(), false, false, true)
                .write(container.directory());
        count(scope(container), 0);
        ledger.open(scope(container));
        return container;
    }

    /** @param kills what the kernel has counted for the pod then */
    private void ends(MonitoredContainer container, int code, int kills) throws IOException {
        count(SLICE, kills);
        removeScope(container);
        Files.writeString(container.files().exitFile(), code + "\n");
    }

    private void removeScope(MonitoredContainer container) throws IOException {
        Files.delete(memoryEvents(scope(container)));
        Files.delete(directory.resolve("cgroup" + scope(container)));
    }

    private static String scope(MonitoredContainer container) {
        return SLICE + "/carafe-" + container.id() + ".scope";
    }

    private void count(String cgroup, int kills) throws IOException {
        Files.createDirectories(directory.resolve("cgroup" + cgroup));
        Files.writeString(memoryEvents(cgroup), "oom 9\noom_kill " + kills + "\n");
    }

    private Path memoryEvents(String cgroup) {
        return directory.resolve("cgroup" + cgroup + "/memory.events");
    }
}
