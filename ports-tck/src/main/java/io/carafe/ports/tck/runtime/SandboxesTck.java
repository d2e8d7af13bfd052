package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.runtime.ByteStream;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.PortForwardTarget;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.SandboxNeeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link io.carafe.ports.runtime.Sandboxes} does. */
public abstract class SandboxesTck extends HandlerHarness {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void namespacesOfTheHostAreNotPinned() {
        NamespaceOptions host = new NamespaceOptions(
                NamespaceMode.NODE, NamespaceMode.NODE, NamespaceMode.NODE, Optional.empty(), Optional.empty());

        SandboxNeeds needs = sandboxes().needs(host);

        assertThat(needs.pinned()).doesNotContain(NamespaceType.NETWORK, NamespaceType.IPC, NamespaceType.PID);
    }

    @Test
    void containersJoinThePodsNamespaces() throws Exception {
        TckPod pod = pod();
        ContainerId first = pod.start("exec sleep 1000");
        ContainerId second = pod.start("exec sleep 1000");

        for (String type : List.of("net", "ipc", "uts")) {
            assertThat(namespaceOf(pod, first, type)).isEqualTo(namespaceOf(pod, second, type));
        }
        assertThat(namespaceOf(pod, first, "pid")).isNotEqualTo(namespaceOf(pod, second, "pid"));
    }

    @Test
    void containersOfASharedPidNamespaceSeeEachOther() throws Exception {
        TckPod pod = podWithSharedPids();
        pod.start("exec sleep 31337");
        ContainerId second = pod.start("exec sleep 1000");

        assertThat(output(pod, second, "ps")).contains("sleep 31337").contains("sleep 1000");
    }

    @Test
    void sharedPidNamespaceReapsOrphans() throws Exception {
        TckPod pod = podWithSharedPids();
        ContainerId id = pod.start("(sh -c 'sleep 0.1 & exit 0' &); exec sleep 1000");

        Eventually.isTrue("the orphan is gone", () -> !output(pod, id, "ps").contains("0.1"));
    }

    @Test
    void endOfTheSandboxContainerIsTold() throws Exception {
        TckPod pod = podWithSharedPids();
        ContainerId id = pod.start("exec sleep 1000");
        assertThat(sandboxes().observe(pod.id())).isInstanceOf(Observation.Running.class);

        sandboxes().kill(pod.id(), Signal.KILL);

        exits.await(pod.id());
        assertThat(exits.await(id).code()).isEqualTo(137);
        assertThat(sandboxes().observe(pod.id())).isInstanceOf(Observation.Exited.class);
    }

    @Test
    void sandboxContainerEndsOnTerm() throws Exception {
        TckPod pod = podWithSharedPids();

        // more than once: a first process ignores what comes before it has set itself up
        Eventually.isTrue("it has ended", () -> {
            sandboxes().kill(pod.id(), Signal.TERM);
            return sandboxes().observe(pod.id()) instanceof Observation.Exited;
        });

        assertThat(exits.await(pod.id()).code()).isIn(0, 143);
    }

    @Test
    void deleteSucceedsAtEveryStateAndTwice() throws Exception {
        TckPod running = podSharingWhatItCan();
        TckPod ended = podSharingWhatItCan();
        sandboxes().kill(ended.id(), Signal.KILL);
        if (has(RuntimeFeature.POD_PID)) {
            exits.await(ended.id());
        }
        TckPod without = pod();

        for (PodSandboxId id : List.of(running.id(), ended.id(), without.id(), new PodSandboxId(TckPod.randomId()))) {
            sandboxes().delete(id);
            assertThatCode(() -> sandboxes().delete(id)).doesNotThrowAnyException();
            assertThatCode(() -> sandboxes().kill(id, Signal.KILL)).doesNotThrowAnyException();
            assertThat(sandboxes().observe(id)).isInstanceOf(Observation.Gone.class);
        }
    }

    @Test
    void portForwardReachesAServerInThePod() throws Exception {
        requires(RuntimeFeature.PORT_FORWARD);
        TckPod pod = pod();
        ContainerId id = pod.start("exec nc -l -p 8080 -e /bin/answer");
        PortForwardTarget target = target(pod, 8080);
        Eventually.isTrue(
                "the server listens",
                () -> output(pod, id, "cat", "/proc/net/tcp", "/proc/net/tcp6").contains(":1F90 "));

        try (ByteStream stream = sandboxes().portForward(pod.id(), target, TIMEOUT)) {
            stream.output().write("hello\n".getBytes(StandardCharsets.UTF_8));
            stream.output().close();

            assertThat(new String(stream.input().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("got hello\n");
        }
    }

    @Test
    void portForwardToNobodyIsRefused() throws Exception {
        requires(RuntimeFeature.PORT_FORWARD);
        TckPod pod = pod();

        assertThatThrownBy(() -> sandboxes().portForward(pod.id(), target(pod, 8081), TIMEOUT))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("8081")
                .hasMessageContaining(pod.id().value());
    }

    private static PortForwardTarget target(TckPod pod, int port) {
        return new PortForwardTarget(Optional.ofNullable(pod.namespaces().get(NamespaceType.NETWORK)), List.of(), port);
    }

    private String namespaceOf(TckPod pod, ContainerId id, String type) throws Exception {
        String name = output(pod, id, "readlink", "/proc/self/ns/" + type);
        assertThat(name).contains(type);
        return name;
    }

    private String output(TckPod pod, ContainerId id, String... command) throws Exception {
        byte[] stdout = execs().run(pod.exec(id, List.of(command), false), TIMEOUT, Bytes.ofMebibytes(1))
                .stdout();
        return new String(stdout, StandardCharsets.UTF_8);
    }
}
