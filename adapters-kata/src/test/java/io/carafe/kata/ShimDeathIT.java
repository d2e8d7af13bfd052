package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.process.ProcessTable;
import io.carafe.linux.process.Signals;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the death of runc's shim, or of the daemon in the middle, leaves; the harness looks for what is left in the end. */
class ShimDeathIT extends HandlerHarness {
    private static final String FOREVER = "exec sleep 1000";

    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }

    @Test
    void deadShimTakesItsContainersWithItAndAnotherServesNewOnes() throws Exception {
        TckPod pod = pod();
        ContainerId running = pod.start(FOREVER);
        ContainerId created = pod.create(FOREVER);
        ProcessIdentity process = task(running).init().orElseThrow();

        killShim(pod);

        ExitStatus status = exits().await(running);
        assertThat(status.code()).isEqualTo(137);
        assertThat(status.message()).contains("has died").contains(pod.id().value());
        assertThat(exits().await(created).code()).isEqualTo(137);
        assertThat(ProcessTable.HOST.isAlive(process)).isFalse();
        assertThat(containers().observe(running)).isEqualTo(new Observation.Exited(status));
        assertThat(exits().await(pod.start("exit 6")).code()).isEqualTo(6);
    }

    @Test
    void deathOfTheShimWithoutTheDaemonIsToldOnAdoption() throws Exception {
        TckPod pod = podWithSharedPids();
        ContainerId id = pod.start(FOREVER);
        restart();
        killShim(pod);

        sandboxes().adopt(pod.id());
        containers().adopt(id);

        assertThat(exits().await(id).code()).isEqualTo(137);
        assertThat(exits().await(pod.id()).code()).isEqualTo(137);
        assertThat(containers().observe(id)).isInstanceOf(Observation.Exited.class);
    }

    @Test
    void containersOfADeadShimCanBeDeletedByTheNextDaemon() throws Exception {
        TckPod pod = podWithSharedPids();
        pod.start(FOREVER);
        pod.create(FOREVER);
        killShim(pod);

        restart();
        // the harness deletes by the new handler
    }

    @Test
    void containerWhoseShimProgramIsGoneCanBeObservedKilledAndDeleted() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(FOREVER);

        restart(Map.of("path", "/no/such/shim", "profile", "runc"));
        containers().adopt(id);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
        containers().kill(id, Signal.KILL, KillScope.ALL);
        assertThat(exits().await(id).code()).isEqualTo(137);
    }

    @Test
    void onlyTheDirectoryWasMade() throws Exception {
        ContainerId id = pod().remember();
        task(id).bundle().make();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        containers().delete(id);
        assertThat(task(id).exists()).isFalse();
    }

    @Test
    void shimWasNeverAskedToCreate() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.remember();
        var plan = pod.plan(id, TckPod.Request.shell(FOREVER));
        ShimTask task = task(id);
        TaskTrace trace = TaskTrace.ofContainer(pod.id().value(), plan.spec(), plan.logPath(), false, false);
        task.bundle().make();
        task.writeTrace(trace);
        TaskStreams.make(task, trace);
        task.bundle().write(plan.spec());

        restart();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        containers().adopt(id);
        assertThat(exits().of(id)).isEmpty();
    }

    @Test
    void shimThatWasNeverWrittenDownGoesWithItsPod() throws Exception {
        TckPod pod = pod();
        Files.delete(
                runDirectory().resolve("sandboxes").resolve(pod.id().value()).resolve("shim.json"));

        restart();

        sandboxes().delete(pod.id());
        assertThat(shims(pod)).isEmpty();
    }

    @Test
    void shimIsAccountedToItsPodWhereThatIsAskedFor() throws Exception {
        TckPod without = pod();
        restart(Map.of("path", Kits.RUNC_SHIM, "shim_in_pod_cgroup", "true"));
        TckPod with = pod();
        with.start(FOREVER);

        assertThat(cgroup(with).children()).contains("carafe-shim-" + with.id());
        assertThat(cgroup(with).child("carafe-shim-" + with.id()).processes())
                .contains(shims(with).getFirst().pid());
        assertThat(cgroup(without).processes()).isEmpty();
    }

    private static Cgroup cgroup(TckPod pod) {
        return CgroupHierarchy.detect().cgroup(pod.cgroup().value());
    }

    private ShimTask task(ContainerId id) {
        return ShimTask.in(runDirectory().resolve("containers"), "container", id.value());
    }

    private static List<ProcessIdentity> shims(TckPod pod) {
        return ProcessTable.HOST.withArgument(pod.id().value()).stream()
                .filter(process -> ProcessTable.HOST.arguments(process.pid()).contains(Kits.RUNC_SHIM))
                .toList();
    }

    private static void killShim(TckPod pod) {
        assertThat(shims(pod)).hasSize(1);
        shims(pod).forEach(shim -> Signals.send(shim, Signal.KILL));
    }
}
