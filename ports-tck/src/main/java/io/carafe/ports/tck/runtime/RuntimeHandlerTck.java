package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandler;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.TckTasks;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link RuntimeHandler} does as a whole: what it says of itself, many at once, and after the daemon's death. */
public abstract class RuntimeHandlerTck extends HandlerHarness {
    private static final String TICKING = "i=0; while true; do echo tick $i; i=$((i+1)); sleep 0.02; done";

    @Test
    void providerIsAvailable() {
        assertThat(kit().provider().availability(new Options(kit().options())))
                .isInstanceOf(Availability.Available.class);
    }

    @Test
    void providerWithoutItsProgramSaysWhatIsMissing() {
        Availability availability = kit().provider().availability(new Options(Map.of("path", "/no/such/program")));

        assertThat(availability)
                .isInstanceOfSatisfying(
                        Availability.Missing.class,
                        missing -> assertThat(missing.reason()).contains("/no/such/program"));
    }

    @Test
    void handlerWithoutItsProgramCanBeMade() {
        RuntimeHandler made = kit().provider()
                .create(new HandlerContext(
                        "tck",
                        TckContexts.in(Path.of(directory + "/other"), Map.of("path", "/no/such/program")),
                        CgroupDriver.CGROUPFS,
                        exits));

        assertThat(made.missingFeatures().values()).allMatch(reason -> !reason.isBlank());
    }

    /** Of the calls that are there for one feature alone. */
    @Test
    void callForAMissingFeatureIsRefused() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(Request.shell("exec sleep 1000").withStdin(false));
        if (!has(RuntimeFeature.ATTACH)) {
            assertRefused(id.value(), () -> containers().attach(id));
        }
        if (!has(RuntimeFeature.EXEC_TTY)) {
            assertRefused(id.value(), () -> execs().open(pod.exec(id, List.of("true"), true), true));
        }
        if (!has(RuntimeFeature.PORT_FORWARD)) {
            var target = new PortForwardTarget(
                    Optional.ofNullable(pod.namespaces().get(NamespaceType.NETWORK)), List.of(), 8080);
            assertRefused(pod.id().value(), () -> sandboxes().portForward(pod.id(), target, Duration.ofSeconds(5)));
        }
        if (!has(RuntimeFeature.UPDATE)) {
            assertRefused(id.value(), () -> containers().update(id, LinuxResources.UNLIMITED));
        }
    }

    private static void assertRefused(String id, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOf(Fault.Unsupported.class).hasMessageContaining(id);
    }

    @Test
    void providersOptionsAreNamed() {
        assertThat(kit().provider().optionNames()).containsAll(kit().options().keySet());
    }

    @Test
    void missingFeaturesAreThoseExpectedEachWithAReason() {
        assertThat(handler.missingFeatures().keySet())
                .containsAll(kit().missing().keySet());
        assertThat(handler.missingFeatures().values()).allMatch(reason -> !reason.isBlank());
        assertThat(handler.missingFeatures()).isEqualTo(handler.missingFeatures());
    }

    @Test
    void manyContainersOfAPodLiveAtOnce() throws Exception {
        TckPod pod = podSharingWhatItCan();
        List<Callable<Integer>> lives = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int code = i;
            ContainerId id = pod.remember();
            lives.add(() -> {
                containers().create(pod.plan(id, Request.shell("echo in $((6*7)); exit " + code)));
                containers().start(id);
                return exits.await(id).code();
            });
        }

        List<Integer> codes = new TckTasks().all("lives", lives.size(), lives);

        for (int i = 0; i < codes.size(); i++) {
            assertThat(codes.get(i)).isEqualTo(i);
        }
        for (ContainerId id : pod.containers()) {
            assertThat(pod.logText(id)).contains("in 42");
        }
    }

    @Test
    void podsAreApart() throws Exception {
        TckPod first = podSharingWhatItCan();
        TckPod second = podSharingWhatItCan();
        ContainerId here = first.start("exec sleep 1000");
        ContainerId there = second.start("exec sleep 1000");

        containers().delete(here);
        sandboxes().delete(first.id());

        assertThat(containers().observe(there)).isInstanceOf(Observation.Running.class);
        assertSandboxIsAsItWas(second);
    }

    private void assertSandboxIsAsItWas(TckPod pod) throws InterruptedException {
        if (has(RuntimeFeature.POD_PID)) {
            assertThat(sandboxes().observe(pod.id())).isInstanceOf(Observation.Running.class);
        }
    }

    @Test
    void containersLiveOnWithoutTheDaemon() throws Exception {
        TckPod pod = podSharingWhatItCan();
        ContainerId running = pod.start(Request.shell(TICKING));
        ContainerId created = pod.create("exit 12");
        Eventually.isTrue("it writes", () -> pod.logText(running).contains("tick"));

        restart();

        assertThat(containers().observe(running)).isInstanceOf(Observation.Running.class);
        assertThat(containers().observe(created)).isInstanceOf(Observation.Created.class);
        assertSandboxIsAsItWas(pod);
        long before = pod.logText(running).lines().count();
        Eventually.isTrue("the log goes on", () -> pod.logText(running).lines().count() > before + 5);
    }

    @Test
    void adoptedContainersAreWatchedAndObey() throws Exception {
        TckPod pod = podSharingWhatItCan();
        ContainerId killed = pod.start("exec sleep 1000");
        ContainerId created = pod.create("exit 12");

        restart();
        sandboxes().adopt(pod.id());
        containers().adopt(killed);
        containers().adopt(created);

        containers().start(created);
        assertThat(exits.await(created).code()).isEqualTo(12);
        assertThat(execs().run(pod.exec(killed, "exit 3"), Duration.ofSeconds(5), Bytes.ofMebibytes(1))
                        .exitCode())
                .isEqualTo(3);
        containers().kill(killed, Signal.KILL, KillScope.INIT);
        assertThat(exits.await(killed).code()).isEqualTo(137);
        if (has(RuntimeFeature.POD_PID)) {
            sandboxes().kill(pod.id(), Signal.KILL);
            exits.await(pod.id());
        }
    }

    @Test
    void exitWithoutTheDaemonIsToldOnAdoption() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start("exit 21");
        ExitStatus first = exits.await(id);

        restart();
        assertThat(containers().observe(id)).isEqualTo(new Observation.Exited(first));
        containers().adopt(id);

        assertThat(exits.await(id)).isEqualTo(first);
    }

    @Test
    void adoptedContainerCanBeAttachedToAndItsLogReopened() throws Exception {
        requires(RuntimeFeature.ATTACH);
        TckPod pod = pod();
        ContainerId id =
                pod.start(Request.shell("while read x; do echo got $x; done").withStdin(false));

        restart();
        containers().adopt(id);

        containers().reopenLog(id);
        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
            assertThat(ContainerStreamsTck.readLine(attached.stdout())).isEqualTo("got hello");
        }
    }

    @Test
    void everythingCanBeDeletedByTheNextDaemonWithoutAdoption() throws Exception {
        TckPod pod = podSharingWhatItCan();
        pod.start("exec sleep 1000");
        pod.create("exit 12");
        exits.await(pod.start("exit 1"));

        restart();
        // the harness deletes by the new handler, and looks for what is left
    }

    @Test
    void adoptingWhatIsGoneTellsNothing() throws Exception {
        ContainerId unknown = new ContainerId(TckPod.randomId());

        containers().adopt(unknown);

        assertThat(containers().observe(unknown)).isInstanceOf(Observation.Gone.class);
        assertThat(exits.of(unknown)).isEmpty();
    }
}
