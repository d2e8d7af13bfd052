package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.process.ProcessIdentity;
import io.carafe.domain.process.Signal;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.ports.runtime.KillScope;
import io.carafe.ports.runtime.Observation;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.runtime.TckPod.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a pod may share with the host or set for itself, each where the handler says that it can. */
public abstract class PodFeaturesTck extends HandlerHarness {
    private static final Set<NamespaceType> SHARED =
            Set.of(NamespaceType.NETWORK, NamespaceType.UTS, NamespaceType.IPC, NamespaceType.PID);

    private static final String NAMESPACES = "for n in net uts ipc pid; do readlink /proc/self/ns/$n; done";

    @Test
    void podThatAsksForNothingOfTheHostsHasNothing() throws Exception {
        assertThat(namespaces(pod())).doesNotContainAnyElementsOf(hosts(SHARED));
    }

    /** And the host's name with it. */
    @Test
    void podInTheHostsNetworkHasThatAndNoMore() throws Exception {
        requires(RuntimeFeature.HOST_NETWORK);
        TckPod pod = prepare(options(NamespaceMode.NODE, NamespaceMode.CONTAINER, NamespaceMode.POD))
                .run();

        assertThat(namespaces(pod))
                .containsAll(hosts(Set.of(NamespaceType.NETWORK, NamespaceType.UTS)))
                .doesNotContainAnyElementsOf(hosts(Set.of(NamespaceType.IPC, NamespaceType.PID)));
    }

    @Test
    void podInTheHostsIpcHasThatAndNoMore() throws Exception {
        requires(RuntimeFeature.HOST_IPC);
        TckPod pod = prepare(options(NamespaceMode.POD, NamespaceMode.CONTAINER, NamespaceMode.NODE))
                .run();

        assertThat(namespaces(pod))
                .containsAll(hosts(Set.of(NamespaceType.IPC)))
                .doesNotContainAnyElementsOf(
                        hosts(Set.of(NamespaceType.NETWORK, NamespaceType.UTS, NamespaceType.PID)));
    }

    @Test
    void podAmongTheHostsProcessesSeesThemAndNoMore() throws Exception {
        requires(RuntimeFeature.HOST_PID);
        TckPod pod = podAmongTheHostsProcesses();

        assertThat(namespaces(pod))
                .containsAll(hosts(Set.of(NamespaceType.PID)))
                .doesNotContainAnyElementsOf(
                        hosts(Set.of(NamespaceType.NETWORK, NamespaceType.UTS, NamespaceType.IPC)));
        ContainerId id = pod.start("exec sleep 1000");
        Path self = Path.of("/proc/" + ProcessHandle.current().pid() + "/comm");
        assertThat(output(pod, id, "cat " + self)).isEqualTo(Files.readString(self));
    }

    /** There the kernel ends nobody with the first process. */
    @Test
    void processThatOutlivesTheFirstAmongTheHostsIsEnded() throws Exception {
        requires(RuntimeFeature.HOST_PID);
        TckPod pod = podAmongTheHostsProcesses();
        ContainerId id = pod.start("setsid sleep 1000 & exit 5");

        assertThat(exits.await(id).code()).isEqualTo(5);

        Cgroup cgroup = CgroupHierarchy.detect().cgroup(pod.cgroup().value());
        Eventually.isTrue("nothing is left of it", () -> cgroup.processes().isEmpty());
    }

    @Test
    void containerJoinsTheProcessesOfItsTarget() throws Exception {
        requires(RuntimeFeature.TARGET_PID);
        TckPod pod = pod();
        ContainerId target = pod.start("exec sleep 31337");
        long init = init(target).pid();

        ContainerId guest = pod.start(Request.shell("exec sleep 1000")
                .with(SpecAdditions.NONE.withPidNamespace(Path.of("/proc/" + init + "/ns/pid"))));
        assertThat(output(pod, guest, "ps")).contains("sleep 31337");
        assertThat(output(pod, guest, NAMESPACES)).isEqualTo(output(pod, target, NAMESPACES));

        containers().kill(guest, Signal.KILL, KillScope.ALL);
        assertThat(exits.await(guest).code()).isEqualTo(137);
        assertThat(containers().observe(target)).isInstanceOf(Observation.Running.class);
    }

    @Test
    void sysctlsOfAPodHoldInItsContainersAlone() throws Exception {
        requires(RuntimeFeature.SYSCTLS);
        TckPod with = prepare(NamespaceMode.CONTAINER)
                .withSysctls(Map.of("net.ipv4.ip_unprivileged_port_start", "1017", "kernel.msgmax", "4711"))
                .run();
        TckPod without = pod();
        String read = "cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/kernel/msgmax";

        assertThat(output(with, with.start("exec sleep 1000"), read)).isEqualTo("1017\n4711\n");
        assertThat(output(without, without.start("exec sleep 1000"), read)).doesNotContain("1017", "4711");
    }

    private TckPod podAmongTheHostsProcesses() throws InterruptedException {
        return prepare(options(NamespaceMode.POD, NamespaceMode.NODE, NamespaceMode.POD))
                .run();
    }

    private static NamespaceOptions options(NamespaceMode network, NamespaceMode pid, NamespaceMode ipc) {
        return new NamespaceOptions(network, pid, ipc, Optional.empty(), Optional.empty());
    }

    /** As a container's own process finds them, and a command in it. */
    private Set<String> namespaces(TckPod pod) throws Exception {
        ContainerId id = pod.start(NAMESPACES + "; exec sleep 1000");
        Set<String> ofCommand = Set.copyOf(output(pod, id, NAMESPACES).lines().toList());
        Eventually.isTrue(
                "the container has told its namespaces",
                () -> pod.logText(id).lines().count() == 4);
        assertThat(ContainerStreamsTck.output(pod.logText(id)).lines()).containsExactlyInAnyOrderElementsOf(ofCommand);
        return ofCommand;
    }

    /** Those of this process, as /proc names them. */
    private static Set<String> hosts(Set<NamespaceType> types) throws IOException {
        Set<String> links = new HashSet<>();
        for (NamespaceType type : types) {
            links.add(Files.readSymbolicLink(Path.of("/proc/self/ns", type.procName()))
                    .toString());
        }
        return links;
    }

    private ProcessIdentity init(ContainerId id) throws InterruptedException {
        return ((Observation.Running) containers().observe(id)).init().orElseThrow();
    }

    private String output(TckPod pod, ContainerId id, String shell) throws InterruptedException {
        byte[] stdout = execs().run(pod.exec(id, shell), Eventually.PATIENCE, Bytes.ofMebibytes(1))
                .stdout();
        return new String(stdout, StandardCharsets.UTF_8);
    }
}
