package com.example.unshare;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import org.junit.jupiter.api.Test;

/** What only this handler can get wrong, since it has a monitor. */
class UnshareMonitorIT extends HandlerHarness {
    @Override
    protected HandlerKit kit() {
        return Kits.unshare();
    }

    @Test
    void longLineIsInTheLogInPieces() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("head -c 40000 /dev/zero | tr '\\0' x; echo; echo end");
        exits().await(id);

        assertThat(pod.logText(id).lines().map(line -> line.replaceFirst("\\S+ ", "")))
                .containsExactly(
                        "stdout P " + "x".repeat(16384),
                        "stdout P " + "x".repeat(16384),
                        "stdout F " + "x".repeat(40000 - 2 * 16384),
                        "stdout F end");
    }

    @Test
    void endIsToldThoughTheMonitorWasKilled() throws Exception {
        ContainerId id = pod().start("exec sleep 1000");
        var monitored = new Monitored(new ContainerFiles(
                runDirectory().resolve("containers").resolve(id.value())));
        monitored.monitors().forEach(ProcessHandle::destroyForcibly);

        containers().kill(id, Signal.KILL, KillScope.INIT);

        assertThat(exits().await(id).code()).isEqualTo(ExitStatus.UNKNOWN_CODE);
    }
}
