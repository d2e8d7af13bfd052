package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeFeature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every {@link io.carafe.ports.runtime.Containers} does with the life of a container. */
public abstract class ContainersTck extends HandlerHarness {
    private static final String FOREVER = "sleep 1000";

    @Test
    void lifeIsObservedStepByStep() throws Exception {
        ContainerId id = pod().create("exit 7");
        assertThat(containers().observe(id)).isInstanceOf(Observation.Created.class);

        containers().start(id);
        ExitStatus told = exits.await(id);

        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(told));
        containers().delete(id);
        assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void runningContainerIsObservedWithItsFirstProcess() throws Exception {
        ContainerId id = pod().start(FOREVER);

        assertThat(containers().observe(id))
                .isInstanceOfSatisfying(
                        Observation.Running.class,
                        running -> running.init()
                                .ifPresent(init ->
                                        assertThat(ProcessHandle.of(init.pid())).isPresent()));
    }

    @Test
    void unknownContainerIsGone() throws Exception {
        assertThat(containers().observe(new ContainerId(TckPod.randomId()))).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void exitCodeIsTold() throws Exception {
        Instant before = Instant.now();
        TckPod pod = pod();
        ExitStatus failed = exits.await(pod.start("exit 44"));
        ExitStatus completed = exits.await(pod.start("exit 0"));

        assertThat(failed.code()).isEqualTo(44);
        assertThat(failed.reason()).isEqualTo(ExitStatus.ERROR);
        assertThat(completed.reason()).isEqualTo(ExitStatus.COMPLETED);
        assertThat(completed.finishedAt())
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    @Test
    void killedContainerExitsWithTheSignal() throws Exception {
        ContainerId id = pod().start(FOREVER);

        containers().kill(id, Signal.KILL, KillScope.INIT);

        assertThat(exits.await(id).code()).isEqualTo(137);
    }

    @Test
    void signalReachesTheFirstProcess() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("trap 'exit 3' TERM; echo ready; while true; do sleep 0.05; done");
        Eventually.isTrue("the trap is set", () -> pod.logText(id).contains("ready"));

        containers().kill(id, Signal.TERM, KillScope.INIT);

        assertThat(exits.await(id).code()).isEqualTo(3);
    }

    @Test
    void signalToAllReachesEveryProcess() throws Exception {
        TckPod pod = pod();
        ContainerId id =
                pod.start("sh -c 'trap \"echo child; exit 0\" USR1; echo up; while true; do sleep 0.05; done' & "
                        + "trap 'echo first' USR1; echo up; while true; do sleep 0.05; done");
        Eventually.isTrue("both run", () -> pod.logText(id).split("up", -1).length == 3);

        containers().kill(id, new Signal(10), KillScope.ALL);

        Eventually.isTrue(
                "both have got it",
                () -> pod.logText(id).contains("child") && pod.logText(id).contains("first"));
    }

    @Test
    void everyProcessIsReachedInAPodWhoseCgroupNobodyHasMade() throws Exception {
        ContainerId id = prepare(NamespaceMode.CONTAINER).withoutCgroup().run().start(FOREVER);

        containers().kill(id, Signal.KILL, KillScope.ALL);

        assertThat(exits.await(id).code()).isEqualTo(137);
    }

    @Test
    void killOfEndedOrUnknownContainerSucceeds() throws Exception {
        ContainerId id = pod().start("exit 0");
        exits.await(id);

        for (KillScope scope : KillScope.values()) {
            containers().kill(id, Signal.KILL, scope);
            containers().kill(new ContainerId(TckPod.randomId()), Signal.KILL, scope);
        }
        assertThat(exits.await(id).code()).isZero();
    }

    @Test
    void containerThatIsKilledBeforeItIsStartedHasExited() throws Exception {
        ContainerId id = pod().create(FOREVER);

        containers().kill(id, Signal.KILL, KillScope.INIT);

        assertThat(exits.await(id).code()).isEqualTo(137);
        assertThatThrownBy(() -> containers().start(id))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining(id.value());
    }

    @Test
    void startOfRunningContainerIsRefused() throws Exception {
        ContainerId id = pod().start(FOREVER);

        assertThatThrownBy(() -> containers().start(id)).isInstanceOf(Fault.WrongState.class);
    }

    @Test
    void commandThatDoesNotExistIsRefusedInTheRuntimesWords() throws Exception {
        TckPod pod = pod();

        assertThatThrownBy(() -> pod.start(new TckPod.Request(List.of("/no/such/program"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void commandThatIsNotExecutableIsRefused() throws Exception {
        TckPod pod = pod();

        assertThatThrownBy(() -> pod.start(new TckPod.Request(List.of("/etc"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/etc");
    }

    @Test
    void failedCreationLeavesNothing() throws Exception {
        TckPod pod = pod();
        var plan = pod.plan(new ContainerId(TckPod.randomId()), new TckPod.Request(List.of("/no/such/program")));

        assertThatThrownBy(() -> {
                    containers().create(plan);
                    containers().start(plan.id());
                })
                .isInstanceOf(Fault.class);

        containers().delete(plan.id());
        assertThat(containers().observe(plan.id())).isInstanceOf(Observation.Gone.class);
    }

    @Test
    void deleteSucceedsAtEveryStateAndTwice() throws Exception {
        TckPod pod = pod();
        ContainerId created = pod.create(FOREVER);
        ContainerId running = pod.start(FOREVER);
        ContainerId ended = pod.start("exit 1");
        exits.await(ended);

        for (ContainerId id : List.of(created, running, ended, new ContainerId(TckPod.randomId()))) {
            containers().delete(id);
            assertThat(containers().observe(id)).isInstanceOf(Observation.Gone.class);
            assertThatCode(() -> containers().delete(id)).doesNotThrowAnyException();
        }
    }

    @Test
    void processThatOutlivesTheFirstInASharedPidNamespaceIsEnded() throws Exception {
        TckPod pod = podWithSharedPids();
        ContainerId id = pod.start("(trap '' HUP; exec setsid sleep 4711) & sleep 0.2; exit 5");

        assertThat(exits.await(id).code()).isEqualTo(5);

        ContainerId other = pod.start("ps | grep -v grep | grep 'sleep 4711' && exit 1; exit 0");
        assertThat(exits.await(other).code()).isZero();
    }

    @Test
    void memoryHogIsToldAsOomKilled() throws Exception {
        requires(RuntimeFeature.CONTAINER_LIMITS);
        ContainerId id = pod().start(TckPod.Request.shell("x=y; while true; do x=$x$x; done")
                .withMemoryLimit(Bytes.ofMebibytes(16)));

        ExitStatus status = exits.await(id);

        assertThat(status.reason()).isEqualTo(ExitStatus.OOM_KILLED);
        assertThat(status.code()).isEqualTo(137);
    }

    @Test
    void usageIsThatOfARunningContainer() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("while true; do :; done");
        assertThat(containers().usage(new ContainerId(TckPod.randomId()))).isEmpty();

        Eventually.isTrue(
                "it uses processor time",
                () -> containers().usage(id).orElseThrow().cpu().usageCoreNanoSeconds() > 50_000_000);

        assertThat(containers().usage(id).orElseThrow().memory().usage().value())
                .isPositive();
        containers().kill(id, Signal.KILL, KillScope.INIT);
        exits.await(id);
        assertThat(containers().usage(id)).isEmpty();
    }

    @Test
    void updateChangesTheLimitsOfARunningContainer() throws Exception {
        requires(RuntimeFeature.UPDATE);
        ContainerId id = pod().start(TckPod.Request.shell(FOREVER).withMemoryLimit(Bytes.ofMebibytes(32)));
        Bytes before = available(id);

        containers().update(id, limited(Bytes.ofMebibytes(64)));

        assertThat(available(id).value() - before.value()).isCloseTo(32L << 20, Offset.offset(8L << 20));
    }

    @Test
    void updateOfEndedContainerIsRefused() throws Exception {
        requires(RuntimeFeature.UPDATE);
        ContainerId id = pod().start("exit 0");
        exits.await(id);

        assertThatThrownBy(() -> containers().update(id, limited(Bytes.ofMebibytes(64))))
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining(id.value());
    }

    private Bytes available(ContainerId id) throws InterruptedException {
        return containers().usage(id).orElseThrow().memory().available().orElseThrow();
    }

    private static LinuxResources limited(Bytes memory) {
        return new LinuxResources(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(512),
                Optional.of(memory),
                OptionalLong.of(memory.value()),
                OptionalInt.empty(),
                "",
                "",
                List.of(),
                Map.of());
    }
}
