package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.process.Signals;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** All containers of a pod are one process on the host, and end with it; short of that they end apart. */
class SandboxDeathIT extends HandlerHarness {
    private static final String FOREVER = "exec sleep 1000";
    private static final long LIMIT = 96 << 20;

    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }

    @Test
    void containersOfAPodEndApart() throws Exception {
        TckPod pod = pod();
        ContainerId first = pod.start(FOREVER);
        ContainerId second = pod.start(FOREVER);

        containers().kill(first, Signal.KILL, KillScope.ALL);

        assertThat(exits().await(first).code()).isEqualTo(137);
        assertThat(containers().observe(second)).isInstanceOf(Observation.Running.class);
        containers().delete(first);
        assertThat(containers().observe(second)).isInstanceOf(Observation.Running.class);
    }

    @Test
    void deathOfTheSandboxEndsEveryContainerWithAReason() throws Exception {
        TckPod pod = pod();
        ContainerId first = pod.start(FOREVER);
        ContainerId second = pod.start(FOREVER);
        ContainerId ended = pod.start("exit 5");
        exits().await(ended);

        Signals.send(sandbox(pod), Signal.KILL);

        for (ContainerId id : new ContainerId[] {first, second}) {
            ExitStatus status = exits().await(id);
            assertThat(status.code()).isEqualTo(137);
            assertThat(status.reason()).isEqualTo(ExitStatus.ERROR);
            assertThat(status.message()).contains("sandbox " + pod.id());
            assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
        }
        assertThat(exits().await(pod.id()).code()).isEqualTo(137);
        assertThat(exits().await(ended).code()).isEqualTo(5);
    }

    @Test
    void deathOfTheSandboxWithoutTheDaemonIsToldOnAdoption() throws Exception {
        TckPod pod = pod();
        ContainerId running = pod.start(FOREVER);
        ContainerId created = pod.create(FOREVER);
        restart();
        Signals.send(sandbox(pod), Signal.KILL);

        sandboxes().adopt(pod.id());
        containers().adopt(running);
        containers().adopt(created);

        assertThat(exits().await(pod.id()).code()).isEqualTo(137);
        assertThat(exits().await(running).code()).isEqualTo(137);
        // it has no process in the sandbox yet; only its start will fail
        assertThat(containers().observe(created)).isInstanceOf(Observation.Created.class);
        containers().delete(created);
        assertThat(containers().observe(created)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void podThatRunsOutOfMemoryEndsEveryContainerAsOomKilled() throws Exception {
        TckPod pod = pod();
        limit(pod);
        ContainerId innocent = pod.start(FOREVER);
        ContainerId hog = pod.start("dd if=/dev/zero of=/dev/null bs=300M count=1");

        for (ContainerId id : new ContainerId[] {hog, innocent}) {
            ExitStatus status = exits().await(id);
            assertThat(status.code()).isEqualTo(137);
            assertThat(status.reason()).isEqualTo(ExitStatus.OOM_KILLED);
            assertThat(status.message()).contains("memory");
            assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(status));
        }
        assertThat(exits().await(pod.id()).reason()).isEqualTo(ExitStatus.OOM_KILLED);
    }

    @Test
    void idsThatDifferInTheirLastLetterOnlyAreApart() throws Exception {
        TckPod pod = pod();
        String common = pod.remember().value().substring(1);
        ContainerId first = new ContainerId(common + "a");
        ContainerId second = new ContainerId(common + "b");
        try {
            for (ContainerId id : new ContainerId[] {first, second}) {
                containers().create(pod.plan(id, TckPod.Request.shell(FOREVER)));
                containers().start(id);
            }

            containers().kill(first, Signal.KILL, KillScope.INIT);

            assertThat(exits().await(first).code()).isEqualTo(137);
            assertThat(containers().observe(second)).isInstanceOf(Observation.Running.class);
        } finally {
            containers().delete(first);
            containers().delete(second);
        }
    }

    private ProcessIdentity sandbox(TckPod pod) throws Exception {
        return MonitoredContainer.in(
                        runDirectory().resolve("sandboxes"), "sandbox", pod.id().value())
                .livingProcess()
                .orElseThrow();
    }

    private static void limit(TckPod pod) {
        CgroupHierarchy cgroups = CgroupHierarchy.detect();
        Path memory = cgroups.cgroup(pod.cgroup().value()).directory("memory").orElseThrow();
        ControlFile.write(memory.resolve(cgroups.isV2() ? "memory.max" : "memory.limit_in_bytes"), "" + LIMIT);
    }
}
