package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.linux.poll.Readiness;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.linux.socket.Fifo;
import io.carafe.ports.runtime.ContainerPlan;
import io.carafe.ports.runtime.ExecPlan;
import io.carafe.ports.runtime.ExecSession;
import io.carafe.ports.runtime.Execs;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.Eventually;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the death of conmon, the waiter or runsc itself leaves is told truly and can be removed; the harness looks for what is left. */
class CrashIT extends HandlerHarness {
    private static final String FOREVER = "exec sleep 1000";

    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }

    @Test
    void exitCodeIsKnownWithoutTheMonitor() throws Exception {
        ContainerId id = pod().start("trap 'exit 3' TERM; while true; do sleep 0.05; done");
        kill(container(id).files().monitor().orElseThrow());

        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
        Eventually.isTrue("it has taken the signal", () -> {
            containers().kill(id, Signal.TERM, KillScope.INIT);
            return containers().observe(id) instanceof Observation.Exited;
        });

        ExitStatus status = exits().await(id);
        assertThat(status.code()).isEqualTo(3);
        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
    }

    @Test
    void containerWhoseWaiterIsKilledIsEndedAndSaysSo() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("exec sleep 4711");
        ContainerId other = pod.start(FOREVER);
        kill(container(id).process().orElseThrow());

        ExitStatus status = exits().await(id);

        assertThat(status.code()).isEqualTo(ExitStatus.UNKNOWN_CODE);
        assertThat(status.reason()).isEqualTo(ExitStatus.CONTAINER_STATUS_UNKNOWN);
        assertThat(status.message()).contains("waited");
        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
        assertThat(containers().observe(other)).isInstanceOf(Observation.Running.class);
        Runsc runsc = Kits.runsc(runDirectory(), pod.id());
        assertThatThrownBy(() -> runsc.parents(id.value())).hasMessageContaining("does not exist");
    }

    @Test
    void waiterAndMonitorThatWereKilledWithoutTheDaemonAreToldOnAdoption() throws Exception {
        ContainerId id = pod().start(FOREVER);
        restart();
        kill(container(id).files().monitor().orElseThrow());
        kill(container(id).process().orElseThrow());

        containers().adopt(id);

        ExitStatus status = exits().await(id);
        assertThat(status.code()).isEqualTo(ExitStatus.UNKNOWN_CODE);
        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
    }

    @Test
    void containerWithoutMonitorAndWaiterCanBeDeleted() throws Exception {
        ContainerId id = pod().start(FOREVER);
        kill(container(id).files().monitor().orElseThrow());
        kill(container(id).process().orElseThrow());

        containers().delete(id);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void startWhoseAnswerNobodyReadIsAStart() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.create("echo on; exec sleep 1000");
        assertThat(Fifo.write(container(id).file(Waiter.START), "start\n")).isTrue();

        restart();
        containers().adopt(id);

        Eventually.isTrue("it runs", () -> containers().observe(id) instanceof Observation.Running);
        containers().kill(id, Signal.KILL, KillScope.ALL);
        assertThat(exits().await(id).code()).isEqualTo(137);
        assertThat(pod.logText(id)).contains("on");
    }

    @Test
    void podWhoseRuntimeIsGoneCanBeObservedEndedAndDeleted() throws Exception {
        TckPod pod = pod();
        ContainerId running = pod.start(FOREVER);
        ContainerId created = pod.create(FOREVER);

        restart(Map.of(GvisorOptions.PATH, "/no/such/program", GvisorOptions.NETWORK, "host"));

        sandboxes().adopt(pod.id());
        containers().adopt(running);
        assertThat(containers().observe(running)).isInstanceOf(Observation.Running.class);
        assertThat(containers().observe(created)).isInstanceOf(Observation.Created.class);
        assertThatThrownBy(() -> containers().kill(running, new Signal(15), KillScope.INIT))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("/no/such/program");
        ContainerPlan another = pod.plan(pod.remember(), TckPod.Request.shell(FOREVER));
        assertThatThrownBy(() -> containers().create(another)).isInstanceOf(Fault.Unavailable.class);
        // a container alone cannot be ended without runsc, its pod can
        containers().kill(running, Signal.KILL, KillScope.ALL);
        assertThat(exits().await(running).code()).isEqualTo(137);
        exits().await(pod.id());
    }

    @Test
    void onlyTheDirectoryWasMade() throws Exception {
        ContainerId id = pod().remember();
        container(id).files().bundle().make();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        containers().delete(id);
        assertThat(container(id).exists()).isFalse();
    }

    @Test
    void monitorDiedWhileItCreated() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.create(FOREVER);
        // as when it was killed before its message was written down
        container(id).files().initFile().toFile().delete();
        kill(container(id).files().monitor().orElseThrow());

        restart();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Created.class);
        containers().delete(id);
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void sandboxThatWasCreatedAndNeverStartedCanBeDeleted() throws Exception {
        TckPod pod = prepare(NamespaceMode.CONTAINER);
        pod.run();
        MonitoredContainer sandbox = sandbox(pod);
        ProcessIdentity process = sandbox.livingProcess().orElseThrow();
        // as when the daemon died before it had the message
        sandbox.files().initFile().toFile().delete();

        restart();

        assertThat(sandboxes().observe(pod.id())).isInstanceOf(Observation.Running.class);
        sandboxes().delete(pod.id());
        assertThat(ProcessTable.HOST.isAlive(process)).isFalse();
        assertThat(sandboxes().observe(pod.id())).isInstanceOf(Observation.Gone.class);
    }

    @Test
    @Timeout(60)
    void execsOfADeadDaemonAreEndedAndTheirFilesRemovedOnAdoption() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("sleep 31337 & exec sleep 1000");
        Execs earlier = execs();
        ExecPlan plan = pod.exec(id, "sleep 4711 & sleep 4711");
        // the earlier daemon's thread; that it still waits changes nothing
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                earlier.run(plan, Duration.ZERO, Bytes.ofMebibytes(1));
            } catch (InterruptedException | Fault e) {
                // either is right
            }
        });
        ExecSession session = execs().open(pod.exec(id, "sleep 4712"), false);
        Eventually.isTrue("all run", () -> sleepers(pod, id) == 4);

        restart();
        containers().adopt(id);

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
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
    void execOfARestartedDaemonRuns() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        restart();

        assertThat(execs().run(pod.exec(id, "exit 6"), Duration.ofSeconds(5), Bytes.ofMebibytes(1))
                        .exitCode())
                .isEqualTo(6);
    }

    private static void kill(ProcessIdentity process) throws Exception {
        assertThat(Signals.kill(process, new Readiness(), Duration.ofSeconds(5)))
                .isTrue();
    }

    private MonitoredContainer container(ContainerId id) {
        return MonitoredContainer.in(runDirectory().resolve("containers"), "container", id.value());
    }

    private MonitoredContainer sandbox(TckPod pod) {
        return MonitoredContainer.in(
                runDirectory().resolve("sandboxes"), "sandbox", pod.id().value());
    }
}
