package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.ExitStatus;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.mount.MountTable;
import io.carafe.oci.spec.SpecJson;
import io.carafe.ports.runtime.AttachedStreams;
import io.carafe.ports.runtime.ExecResult;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.tck.runtime.Eventually;
import io.carafe.ports.tck.runtime.HandlerHarness;
import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.TckPod;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What Kata does otherwise than the shim of runc, whom the kits are for. The harness looks for what is left. */
class FakeShimIT extends HandlerHarness {
    private static final String ANY = "exec true";

    /** Until after the harness has deleted everything by it. */
    @AutoClose
    private final FakeShim shim = new FakeShim();

    @Override
    protected HandlerKit kit() {
        return new HandlerKit(new KataProvider(), Map.of("path", shim.program().toString()), Map.of());
    }

    @Test
    void everyPodHasASandboxContainerAndOnlyItsNetworkIsPinned() {
        for (NamespaceMode pid : List.of(NamespaceMode.POD, NamespaceMode.CONTAINER)) {
            var needs = sandboxes()
                    .needs(new NamespaceOptions(
                            NamespaceMode.POD, pid, NamespaceMode.POD, Optional.empty(), Optional.empty()));
            assertThat(needs.sandboxContainer()).isTrue();
            assertThat(needs.pinned()).containsExactly(NamespaceType.NETWORK);
        }
    }

    @Test
    void containerHasNoProcessOnTheHost() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(ANY);

        assertThat(containers().observe(id)).isEqualTo(new Observation.Running(Optional.empty()));
        assertThat(sandboxes().observe(pod.id())).isEqualTo(new Observation.Running(Optional.empty()));
    }

    @Test
    void outputOfAContainerIsInItsLogWhenItsExitIsTold() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(ANY);
        shim.task(id.value()).process("").say("and more");
        shim.task(id.value()).process("").end(7);

        assertThat(exits().await(id).code()).isEqualTo(7);
        assertThat(pod.logText(id)).contains(" stdout F started\n").contains(" stdout F and more\n");
    }

    @Test
    void rootLiesInTheBundleWhileThereIsAContainer() throws Exception {
        ContainerId id = pod().create(ANY);
        var bundle = shim.task(id.value()).bundle();

        assertThat(bundle.resolve("rootfs/bin/busybox")).exists();
        assertThat(SpecJson.read(bundle.resolve("config.json")).root().path())
                .isEqualTo(bundle.resolve("rootfs").toString());
        containers().delete(id);
        assertThat(MountTable.read().under(bundle)).isEmpty();
    }

    @Test
    void shimLearnsWhereAContainerBelongs() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.create(ANY);

        assertThat(SpecJson.read(shim.task(id.value()).bundle().resolve("config.json"))
                        .annotations())
                .containsEntry("io.kubernetes.cri.container-type", "container")
                .containsEntry("io.kubernetes.cri.sandbox-id", pod.id().value());
        assertThat(SpecJson.read(shim.task(pod.id().value()).bundle().resolve("config.json"))
                        .annotations())
                .containsEntry("io.kubernetes.cri.container-type", "sandbox");
    }

    /** Kata answers CloseIO when all is read, so it would never if we still held the input open. */
    @Test
    void inputIsClosedBeforeItsEndIsAskedFor() throws Exception {
        ContainerId id = pod().start(Request.shell(ANY).withStdin(true));
        try (AttachedStreams attached = containers().attach(id)) {
            attached.stdin().write("all of it".getBytes(StandardCharsets.UTF_8));
            attached.stdin().close();
        }

        assertThat(shim.task(id.value()).process("").input()).isEqualTo("all of it");
        assertThat(shim.calls()).containsOnlyOnce("CloseIO");
    }

    @Test
    void attachedClientSeesTheOutput() throws Exception {
        ContainerId id = pod().start(ANY);
        try (AttachedStreams attached = containers().attach(id)) {
            shim.task(id.value()).process("").say("hello");

            assertThat(new BufferedReader(new InputStreamReader(attached.stdout(), StandardCharsets.UTF_8)).readLine())
                    .isIn("started", "hello");
        }
    }

    @Test
    void commandRunsToItsEnd() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(ANY);

        Thread guest = Thread.ofVirtual().start(() -> endExec(id, 5));
        ExecResult result = execs().run(pod.exec(id, "true"), Duration.ofSeconds(20), Bytes.ofMebibytes(1));

        guest.join();
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(new String(result.stdout(), StandardCharsets.UTF_8)).isEqualTo("started\n");
    }

    @Test
    void commandThatTakesTooLongIsKilledInTheGuest() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.start(ANY);

        assertThatThrownBy(() -> execs().run(pod.exec(id, "sleep 9"), Duration.ofMillis(300), Bytes.ofMebibytes(1)))
                .isInstanceOf(Fault.TimedOut.class)
                .hasMessageContaining(id.value());

        assertThat(shim.calls()).contains("Kill");
        assertThat(containers().observe(id)).isInstanceOf(Observation.Running.class);
    }

    @Test
    void usageIsWhatTheShimCounts() throws Exception {
        ContainerId id = pod().start(ANY);

        CgroupUsage usage = containers().usage(id).orElseThrow();

        assertThat(usage.cpu().usageCoreNanoSeconds()).isEqualTo(7_000_000);
        assertThat(usage.memory().workingSet()).isEqualTo(new Bytes(4072));
        assertThat(usage.memory().available()).contains(new Bytes(8192 - 4072));
        assertThat(usage.processes()).isEqualTo(3);
    }

    @Test
    void fileOfTheShimTellsOfWantOfMemory() throws Exception {
        ContainerId id = pod().start(ANY);
        Files.createFile(shim.task(id.value()).bundle().resolve("oom"));

        containers().kill(id, Signal.KILL, KillScope.ALL);

        assertThat(exits().await(id).reason()).isEqualTo(ExitStatus.OOM_KILLED);
    }

    @Test
    void adoptedContainerThatWasOnlyCreatedCanBeStarted() throws Exception {
        TckPod pod = pod();
        ContainerId id = pod.create(ANY);
        restart();
        containers().adopt(id);

        containers().start(id);
        shim.task(id.value()).process("").end(3);

        assertThat(exits().await(id).code()).isEqualTo(3);
        assertThat(pod.logText(id)).contains("started");
    }

    @Test
    void portOfAPodIsReachedAtItsAddressOnly() throws Exception {
        TckPod pod = pod();

        assertThatThrownBy(() -> sandboxes()
                        .portForward(
                                pod.id(),
                                new PortForwardTarget(Optional.empty(), List.of(), 80),
                                Duration.ofSeconds(1)))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("has no address");
    }

    private void endExec(ContainerId id, int code) {
        try {
            Eventually.isTrue(
                    "it runs", () -> shim.task(id.value()).startedExecs().size() == 1);
            shim.task(id.value()).startedExecs().getFirst().end(code);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
