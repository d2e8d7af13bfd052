package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.tck.runtime.Eventually;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What happens with a shim of Kata's manners that refuses, hangs or dies. The harness looks for what is left. */
class FakeShimDeathIT extends HandlerHarness {
    private static final String ANY = "exec true";

    /** Until after the harness has deleted everything by it. */
    @AutoClose
    private final FakeShim shim = new FakeShim();

    @Override
    protected HandlerKit kit() {
        return new HandlerKit(new KataProvider(), Map.of("path", shim.program().toString()), Map.of());
    }

    @Test
    void shimThatRefusesToEndWithItsContainersIsEnded() throws Exception {
        TckPod pod = pod();
        pod.start(ANY);

        sandboxes().delete(pod.id());

        assertThat(shim.calls()).contains("Shutdown");
        assertThat(shim.machineRuns()).isFalse();
    }

    @Test
    void callThatIsNotAnsweredMakesAContainerUnreachableForAsLongAsThat() throws Exception {
        ContainerId id = pod().start(ANY);
        shim.hang("State");

        assertThat(containers().observe(id)).isInstanceOf(Observation.Unreachable.class);

        shim.unhang("State");
        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
    }

    @Test
    void shimThatAnswersNothingAnyMoreGoesWithItsPod() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(ANY);
        for (String method : List.of("State", "Kill", "Delete", "Shutdown", "Stats")) {
            shim.hang(method);
        }

        assertThatThrownBy(() -> containers().delete(id))
                .isInstanceOf(Fault.TimedOut.class)
                .hasMessageContaining("remove the pod");
        sandboxes().delete(pod.id());

        assertThat(shim.machineRuns()).isFalse();
        assertThat(exits().await(id).code()).isEqualTo(137);
    }

    @Test
    void deletionThatIsRefusedForAMomentIsAskedForAgain() throws Exception {
        ContainerId id = pod().start(ANY);
        shim.refuseDeletion(3);

        containers().delete(id);

        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
        assertThat(shim.calls().stream().filter("Delete"::equals)).hasSize(4);
    }

    @Test
    void deletionThatIsAlwaysRefusedFailsWithTheShimsWords() throws Exception {
        ContainerId id = pod().start(ANY);
        shim.refuseDeletion(Integer.MAX_VALUE);

        assertThatThrownBy(() -> containers().delete(id))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(id.value())
                .hasMessageContaining("impossible to delete");

        shim.refuseDeletion(0);
        containers().delete(id);
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void brokenConnectionIsMadeAnew() throws Exception {
        ContainerId id = pod().start(ANY);

        shim.breakConnections();

        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
        shim.task(id.value()).process("").end(4);
        assertThat(exits().await(id).code()).isEqualTo(4);
        assertThat(shim.deletions()).isEmpty();
    }

    @Test
    void deathOfTheMachineEndsEveryContainerAndIsCleanedUp() throws Exception {
        TckPod pod = pod();
        ContainerId first = pod.start(ANY);
        ContainerId second = pod.create(ANY);

        shim.die();

        assertThat(exits().await(first).code()).isEqualTo(137);
        assertThat(exits().await(first).message()).contains("shim of pod " + pod.id());
        assertThat(exits().await(second).code()).isEqualTo(137);
        assertThat(exits().await(pod.id()).code()).isEqualTo(137);
        assertThat(containers().observe(first)).isInstanceOf(Observation.Exited.class);
        assertThat(shim.deletions())
                .hasSize(3)
                .anyMatch(line -> line.contains("-id " + first) && line.endsWith(" delete"));
        assertThatThrownBy(() -> pod.create(ANY))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("has died")
                .hasMessageContaining("run the pod anew");
    }

    @Test
    void whatADeadShimLeavesInKatasCgroupsIsEnded() throws Exception {
        TckPod pod = pod();
        List<Cgroup> cgroups = List.of(
                CgroupHierarchy.detect().cgroup(pod.cgroup().value()).child("kata_" + pod.id()),
                CgroupHierarchy.detect().cgroup("/kata_overhead/" + pod.id()));
        List<Process> left = new ArrayList<>();
        try {
            for (Cgroup cgroup : cgroups) {
                cgroup.create();
                left.add(new ProcessBuilder("sleep", "1000").start());
                cgroup.add(left.getLast().pid());
            }

            shim.die();

            assertThat(exits().await(pod.id()).code()).isEqualTo(137);
            for (Process process : left) {
                assertThat(process.waitFor()).isEqualTo(137);
            }
            assertThat(cgroups).noneMatch(Cgroup::exists);
        } finally {
            left.forEach(Process::destroyForcibly);
            CgroupHierarchy.detect().cgroup("/kata_overhead").removeIfEmpty();
        }
    }

    @Test
    void deathInTheMiddleOfACreationIsItsFailure() throws Exception {
        TckPod pod = pod();
        shim.hang("Create");
        Thread death = Thread.ofVirtual().start(this::dieInCreate);

        ContainerId id = pod.remember();
        assertThatThrownBy(() -> containers().create(pod.plan(id, Request.shell(ANY))))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining(id.value());

        death.join();
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void deathWithoutTheDaemonIsToldOnAdoption() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(ANY);
        restart();
        shim.die();

        sandboxes().adopt(pod.id());
        containers().adopt(id);

        assertThat(exits().await(id).code()).isEqualTo(137);
        assertThat(exits().await(pod.id()).code()).isEqualTo(137);
    }

    private void dieInCreate() {
        try {
            Eventually.isTrue(
                    "it creates",
                    () -> shim.calls().stream().filter("Create"::equals).count() == 2);
            shim.die();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
