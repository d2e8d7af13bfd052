package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.Eventually;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real Kata shim from its start to its end, without a virtual machine: its hypervisor is remote, and that and the guest are fakes. */
@EnabledIfEnvironmentVariable(
        named = "CARAFE_KATA_SHIM",
        matches = ".+",
        disabledReason = "opt-in: CARAFE_KATA_SHIM names no containerd-shim-kata-v2, and no package has one")
class KataShimIT extends HandlerHarness {
    /** Until after the harness has deleted everything by it. */
    @AutoClose
    private final FakeGuest guest = new FakeGuest();

    @Override
    protected HandlerKit kit() {
        return new HandlerKit(
                new KataProvider(),
                Map.of(
                        "path", shim(),
                        "config_path", guest.configuration().toString()),
                Map.of());
    }

    private static String shim() {
        return System.getenv("CARAFE_KATA_SHIM");
    }

    @Test
    void podLivesFromItsStartToItsEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(TckPod.Request.shell("echo out; echo err >&2; read x; echo got $x; exit 17")
                .withStdin(false));
        Eventually.isTrue(
                "its output is logged",
                () -> pod.logText(id).contains("stdout F out")
                        && pod.logText(id).contains("stderr F err"));
        assertThat(containers().observe(id)).isEqualTo(new Observation.Running(Optional.empty()));

        ExecResult result =
                execs().run(pod.exec(id, "echo exec; exit 9"), Duration.ofSeconds(20), Bytes.ofMebibytes(1));
        assertThat(result.exitCode()).isEqualTo(9);
        assertThat(new String(result.stdout(), StandardCharsets.UTF_8)).isEqualTo("exec\n");
        assertThat(containers().usage(id)).isPresent();

        restart();
        sandboxes().adopt(pod.id());
        containers().adopt(id);
        try (var attached = containers().attach(id)) {
            attached.stdin().write("it\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(exits().await(id).code()).isEqualTo(17);
        assertThat(pod.logText(id)).contains("got it");
    }

    /** The shim does nothing else for the pod until it has read to the end: its lock is held meanwhile. */
    @Test
    void endOfTheInputReachesTheGuest() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(TckPod.Request.shell("cat; exit 9").withStdin(true));
        try (var attached = containers().attach(id)) {
            attached.stdin().write("all of it\n".getBytes(StandardCharsets.UTF_8));
            attached.stdin().close();
        }

        assertThat(exits().await(id).code()).isEqualTo(9);
        assertThat(pod.logText(id)).contains("stdout F all of it");
    }

    @Test
    void shimThatHangsGoesWithItsPod() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(TckPod.Request.shell("exec sleep 1000").withStdin(true));
        try (var attached = containers().attach(id)) {
            // more than the pipe in the guest takes, so the shim never comes to the end of it
            attached.stdin().write(new byte[100_000]);
            assertThatThrownBy(attached.stdin()::close)
                    .isInstanceOf(Fault.TimedOut.class)
                    .hasMessageContaining(id.value());
        }
        assertThat(containers().observe(id)).isInstanceOf(Observation.Unreachable.class);

        sandboxes().delete(pod.id());

        assertThat(exits().await(id).code()).isEqualTo(FakeGuest.killed());
        assertThat(CgroupHierarchy.detect().cgroup("/kata_overhead/" + pod.id()).exists())
                .isFalse();
    }

    @Test
    void deadShimIsTheEndOfItsContainers() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(new TckPod.Request(List.of("sleep", "1000")));

        ProcessTable.HOST.withArgument(pod.id().value()).stream()
                .filter(process -> ProcessTable.HOST.arguments(process.pid()).contains(shim()))
                .forEach(process -> Signals.send(process, Signal.KILL));

        ExitStatus status = exits().await(id);
        assertThat(status.code()).isEqualTo(FakeGuest.killed());
        assertThat(status.message()).contains("has died").contains(pod.id().value());
        assertThat(exits().await(pod.id()).code()).isEqualTo(FakeGuest.killed());
        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
    }

    @Test
    void killedContainerAndSandboxTellTheirEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(new TckPod.Request(List.of("sleep", "1000")));

        containers().kill(id, Signal.KILL, KillScope.ALL);
        assertThat(exits().await(id).code()).isEqualTo(FakeGuest.killed());
        sandboxes().kill(pod.id(), Signal.KILL);
        assertThat(exits().await(pod.id()).code()).isEqualTo(FakeGuest.killed());
    }
}
