package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
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
                        "path", System.getenv("CARAFE_KATA_SHIM"),
                        "config_path", guest.configuration().toString()),
                Map.of());
    }

    @Test
    void podLivesFromItsStartToItsEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id =
                pod.start(TckPod.Request.shell("echo out; echo err >&2; while read x; do echo got $x; done; exit 17")
                        .withStdin(true));
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
            attached.stdin().close();
        }
        assertThat(exits().await(id).code()).isEqualTo(17);
        assertThat(pod.logText(id)).contains("got it");
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
