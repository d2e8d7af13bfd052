package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.process.ExitStatus;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.OomLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scopes of systemd, on a tree of plain files that counts as the kernel does. */
class EndingTest {
    private static final String SLICE = "/kubepods-pod1.slice/";
    private static final String SCOPE = SLICE + "carafe-s1.scope";

    @TempDir
    Path directory;

    private OomLedger ledger;
    private Ending ending;
    private MonitoredContainer sandbox;
    private MonitoredContainer container;

    @BeforeEach
    void begin() throws IOException {
        ledger = new OomLedger(CgroupHierarchy.unified(directory.resolve("cgroup")), directory.resolve("accounts"));
        ending = new Ending(ledger, InstantSource.system());
        sandbox = made("sandbox", "s1", SCOPE);
        container = made("container", "c1", SLICE + "carafe-c1.scope");
        count(SCOPE, 0);
        count(SLICE, 0);
        ledger.open(SCOPE);
    }

    @Test
    void containerWhoseSandboxRanOutOfMemoryIsOomKilled() throws IOException {
        count(SLICE, 1);
        removeScope();
        Files.createFile(container.file(Waiter.ORPHANED));

        ExitStatus status = ending.of(container).orElseThrow();

        assertThat(status.code()).isEqualTo(137);
        assertThat(status.reason()).isEqualTo(ExitStatus.OOM_KILLED);
        assertThat(status.message()).contains("ran out of memory");
    }

    /** The wait itself can fail; the sandbox lives on, and may be killed later. */
    @Test
    void containerThatIsOrphanedWhileItsSandboxLivesTakesNoLaterKillAway() throws IOException {
        Files.createFile(container.file(Waiter.ORPHANED));
        assertThat(ending.of(container).orElseThrow().reason()).isEqualTo(ExitStatus.ERROR);

        count(SLICE, 1);
        removeScope();
        Files.writeString(sandbox.files().exitFile(), "137");

        assertThat(ending.ofSandbox(sandbox).orElseThrow().reason()).isEqualTo(ExitStatus.OOM_KILLED);
        ledger.forget(SCOPE);
        assertThat(ending.ofSandbox(sandbox).orElseThrow().reason())
                .as("asked again when the count is gone")
                .isEqualTo(ExitStatus.OOM_KILLED);
    }

    @Test
    void sandboxThatEndsByItselfIsSettledForTheSakeOfOthers() throws IOException {
        count(SLICE, 1);
        count(SCOPE, 1);
        Files.writeString(sandbox.files().exitFile(), "0");

        assertThat(ending.ofSandbox(sandbox).orElseThrow().reason()).isEqualTo(ExitStatus.COMPLETED);
        assertThat(directory.resolve("accounts/carafe-s1.scope")).hasContent("killed");
    }

    private MonitoredContainer made(String what, String id, String cgroup) throws IOException {
        MonitoredContainer made = MonitoredContainer.in(directory, what, id);
        Files.createDirectories(made.directory());
        new Trace("s1", cgroup, Optional.empty(), "sh", Optional.empty(), false, false).write(made.directory());
        return made;
    }

    private void count(String cgroup, long kills) throws IOException {
        Path group = Files.createDirectories(directory.resolve("cgroup" + cgroup));
        Files.writeString(group.resolve("memory.events"), "oom_kill " + kills + "\n");
    }

    private void removeScope() throws IOException {
        Files.delete(directory.resolve("cgroup" + SCOPE + "/memory.events"));
        Files.delete(directory.resolve("cgroup" + SCOPE));
    }
}
