package io.carafe.runc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.conmon.Conmon;
import io.carafe.oci.conmon.ConmonCommandLine;
import io.carafe.oci.conmon.ConmonCommandLine.Streams;
import io.carafe.oci.conmon.MonitorProcess;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What conmon's or the daemon's death leaves is told truly and can be removed; the harness looks for what is left. The daemon's
 * death in the middle of a creation is played by doing the first steps by hand.
 */
class CrashIT extends HandlerHarness {
    private static final String FOREVER = "exec sleep 1000";
    private static final Path CONMON = Path.of("/usr/bin/conmon");

    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }

    @Test
    void containerRunsOnWithoutItsMonitorAndItsEndIsToldAsUnknown() throws Exception {
        ContainerId id = pod().start(FOREVER);
        MonitoredContainer container = container(id);

        Signals.send(container.files().monitor().orElseThrow(), Signal.KILL);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
        containers().kill(id, Signal.KILL, KillScope.INIT);
        ExitStatus status = exits().await(id);
        assertThat(status.code()).isEqualTo(ExitStatus.UNKNOWN_CODE);
        assertThat(status.reason()).isEqualTo(ExitStatus.CONTAINER_STATUS_UNKNOWN);
        assertThat(status.message()).contains("conmon");
        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
    }

    @Test
    void monitorAndContainerThatDiedWithoutTheDaemonAreToldOnAdoption() throws Exception {
        ContainerId id = pod().start(FOREVER);
        MonitoredContainer container = container(id);
        restart();
        Signals.send(container.files().monitor().orElseThrow(), Signal.KILL);
        Signals.send(container.init().orElseThrow(), Signal.KILL);

        containers().adopt(id);

        assertThat(exits().await(id).code()).isEqualTo(ExitStatus.UNKNOWN_CODE);
        Observation first = containers().observe(id);
        assertThat(containers().observe(id)).isEqualTo(first);
    }

    @Test
    @Timeout(60)
    void execsOfADeadDaemonAreEndedAndTheirFilesRemovedOnAdoption() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("sleep 31337 & exec sleep 1000");
        var earlier = execs();
        var plan = pod.exec(id, "sleep 4711 & sleep 4711");
        AtomicInteger code = new AtomicInteger();
        // the earlier daemon's thread; that it still waits changes nothing
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                code.set(earlier.run(plan, Duration.ZERO, Bytes.ofMebibytes(1)).exitCode());
            } catch (InterruptedException | Fault e) {
                code.set(-1);
            }
        });
        ExecSession session = execs().open(pod.exec(id, "sleep 4712"), false);
        while (sleepers(pod, id) < 4) {
            Thread.sleep(20);
        }

        restart();
        containers().adopt(id);

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(code.get()).isNotZero();
        assertThat(session.waitFor()).isNotZero();
        session.close();
        assertThat(sleepers(pod, id)).isEqualTo(1);
        assertThat(container(id).directory().resolve("execs")).isEmptyDirectory();
    }

    private long sleepers(TckPod pod, ContainerId id) throws Exception {
        byte[] processes = execs().run(pod.exec(id, "ps -o args"), Duration.ZERO, Bytes.ofMebibytes(1))
                .stdout();
        return new String(processes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("sleep (31337|471[12])"))
                .count();
    }

    @Test
    void containerWithoutItsMonitorCanBeDeleted() throws Exception {
        ContainerId id = pod().start(FOREVER);
        Signals.send(container(id).files().monitor().orElseThrow(), Signal.KILL);

        containers().delete(id);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void containerWhoseRuntimeStateIsLostCanBeDeleted() throws Exception {
        ContainerId id = pod().start(FOREVER);
        Path state = runDirectory().resolve("runc").resolve(id.value());
        Files.move(state, directory().resolve("lost"));

        containers().delete(id);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void pausedContainerIsObservedAsSuchAndCanBeDeleted() throws Exception {
        ContainerId id = pod().start(FOREVER);
        new ProcessBuilder("/usr/sbin/runc", "--root", runDirectory().resolve("runc") + "", "pause", id.value())
                .inheritIO()
                .start()
                .waitFor();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Paused.class);
        containers().delete(id);
        assertThat(exits().await(id).code()).isEqualTo(137);
    }

    @Test
    void containerWhoseRuntimeIsGoneCanBeObservedKilledAndDeleted() throws Exception {
        TckPod pod = pod();
        ContainerId running = pod.start(FOREVER);
        ContainerId created = pod.create(FOREVER);

        restart(Map.of(RuncOptions.PATH, "/no/such/program"));

        containers().adopt(running);
        assertThat(containers().observe(created)).isInstanceOf(Observation.Created.class);
        containers().kill(running, Signal.KILL, KillScope.ALL);
        assertThat(exits().await(running).code()).isEqualTo(137);
        containers().delete(running);
        containers().delete(created);
        assertThat(containers().observe(running)).isInstanceOf(Observation.Gone.class);
        ContainerPlan another = pod.plan(pod.remember(), TckPod.Request.shell(FOREVER));
        assertThatThrownBy(() -> {
                    containers().create(another);
                    containers().start(another.id());
                })
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void onlyTheDirectoryWasMade() throws Exception {
        ContainerId id = pod().remember();
        container(id).files().bundle().make();

        assertGoneThenDelete(id);
    }

    @Test
    void monitorWasNotYetStarted() throws Exception {
        prepared(pod());
    }

    @Test
    void monitorWasStartedAndNeverWrittenDown() throws Exception {
        TckPod pod = pod();
        ContainerId id = prepared(pod);
        MonitorProcess monitor = launch(id);
        monitor.identity();
        // our end of the start pipe closes with us
        monitor.release();

        restart();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Created.class);
        containers().delete(id);
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void monitorWasWrittenDownAndNeverToldToBegin() throws Exception {
        TckPod pod = pod();
        ContainerId id = prepared(pod);
        MonitorProcess monitor = launch(id);
        container(id).files().writeMonitor(monitor.identity());

        restart();
        // before it is told: deleting ends it
        containers().delete(id);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        assertThat(ProcessTable.HOST.identify(monitor.pid())).isEmpty();
        monitor.release();
    }

    /** conmon 2.1.6 ends when it cannot send its message, so this container has no monitor. */
    @Test
    void messageOfTheMonitorWasNeverRead() throws Exception {
        TckPod pod = pod();
        ContainerId id = prepared(pod);
        MonitorProcess monitor = launch(id);
        container(id).files().writeMonitor(monitor.identity());
        monitor.begin();
        monitor.release();

        restart();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Created.class);
        containers().adopt(id);
        containers().kill(id, Signal.KILL, KillScope.INIT);
        assertThat(exits().await(id).code()).isIn(137, ExitStatus.UNKNOWN_CODE);
    }

    @Test
    void monitorHasACgroupOfItsOwnInThePodAndNothingOfOurEnvironment() throws Exception {
        ContainerId id = pod().start(FOREVER);
        ProcessIdentity monitor = container(id).files().monitor().orElseThrow();

        String cgroups =
                ControlFile.read(Path.of("/proc", "" + monitor.pid(), "cgroup")).orElseThrow();
        assertThat(cgroups.lines()).allMatch(line -> line.endsWith("/carafe-conmon-" + id));
        String environment = ControlFile.read(Path.of("/proc", "" + monitor.pid(), "environ"))
                .orElseThrow();
        assertThat(environment).contains("PATH=").doesNotContain("JAVA").doesNotContain("HOME");
    }

    private void assertGoneThenDelete(ContainerId id) throws InterruptedException {
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        containers().delete(id);
        assertThat(container(id).exists()).isFalse();
    }

    /** All that is written before the monitor is started. */
    private ContainerId prepared(TckPod pod) throws Exception {
        ContainerId id = pod.remember();
        ContainerPlan plan = pod.plan(id, TckPod.Request.shell(FOREVER));
        MonitoredContainer container = container(id);
        container.files().bundle().make();
        Trace.of(plan.spec(), Optional.empty(), streams(plan)).write(container.directory());
        container.files().bundle().write(plan.spec());
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        return id;
    }

    private MonitorProcess launch(ContainerId id) throws Exception {
        ConmonCommandLine conmon = new ConmonCommandLine(
                CONMON,
                new OciCommandLine(Path.of("/usr/sbin/runc"), runDirectory().resolve("runc"), List.of()),
                false);
        MonitoredContainer container = container(id);
        Streams streams = new Streams(Optional.empty(), false, false, false);
        return Conmon.launch(conmon.create(id.value(), container.files(), streams), container.files());
    }

    private static Streams streams(ContainerPlan plan) {
        return new Streams(plan.logPath(), false, false, false);
    }

    private MonitoredContainer container(ContainerId id) {
        return MonitoredContainer.in(
                runDirectory().resolve("containers"),
                "container",
                id.value(),
                runDirectory().resolve("runc"));
    }
}
