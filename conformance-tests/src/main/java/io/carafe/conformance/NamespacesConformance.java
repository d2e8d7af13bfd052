package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.conformance.bench.TestPod;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.NamespaceOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Which namespaces the containers of a pod share: with each other, with the node, with nobody. */
@Conformance
final class NamespacesConformance {
    @Claim(
            answers = {
                "NamespaceOption: HostPID",
                "NamespaceOption.pid",
                "LinuxSandboxSecurityContext.namespace_options",
                "LinuxContainerSecurityContext.namespace_options"
            })
    void pidOfTheNodeShowsTheNodesProcesses(Bench bench) throws IOException {
        var container = start(bench, options -> options.setPid(NamespaceMode.NODE));
        assertThat(namespace(container, "pid")).isEqualTo(ours("pid"));
        assertThat(container.sh("cat /proc/" + ProcessHandle.current().pid() + "/comm"))
                .isEqualTo("java");
    }

    @Claim(answers = {"NamespaceOption: PodPID", "NamespaceOption.pid"})
    void pidOfThePodShowsTheProcessesOfAllItsContainers(Bench bench) throws IOException {
        var pod = pod(bench, options -> options.setPid(NamespaceMode.POD));
        var one = in(pod);
        var two = in(pod);
        assertThat(namespace(one, "pid")).isEqualTo(namespace(two, "pid")).isNotEqualTo(ours("pid"));
        assertThat(one.sh("ps -o args")).containsSubsequence("sleep 100000", "sleep 100000");
    }

    @Claim(answers = {"NamespaceOption: ContainerPID", "NamespaceOption.pid"})
    void pidOfTheContainerShowsOnlyItsOwnProcesses(Bench bench) {
        var pod = pod(bench, options -> options.setPid(NamespaceMode.CONTAINER));
        var one = in(pod);
        var two = in(pod);
        assertThat(namespace(one, "pid")).isNotEqualTo(namespace(two, "pid"));
        assertThat(one.sh("cat /proc/1/comm")).isEqualTo("sh");
    }

    @Claim(
            answers = {"NamespaceOption.pid", "NamespaceOption.target_id"},
            quote =
                    "a container with a PID namespace of TARGET expects to view all of the processes that container target_id"
                            + " can view")
    void pidOfATargetShowsTheTargetsProcesses(Bench bench) {
        var pod = pod(bench, options -> options.setPid(NamespaceMode.CONTAINER));
        var target = in(pod);
        var viewer = pod.start(config -> config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(NamespaceMode.TARGET)
                .setTargetId(target.id()));
        assertThat(namespace(viewer, "pid")).isEqualTo(namespace(target, "pid"));
    }

    @Claim(
            answers = {"NamespaceOption.target_id"},
            needs = "TARGET_PID")
    void targetThatDoesNotExistIsRefused(Bench bench) {
        var pod = pod(bench, options -> options.setPid(NamespaceMode.CONTAINER));
        Refused.any(() -> pod.start(config -> config.getLinuxBuilder()
                .getSecurityContextBuilder()
                .getNamespaceOptionsBuilder()
                .setPid(NamespaceMode.TARGET)
                .setTargetId("no-such-container")));
    }

    @Claim(answers = {"NamespaceOption: HostIpc true", "NamespaceOption.ipc"})
    void ipcOfTheNodeIsTheNodes(Bench bench) throws IOException {
        assertThat(namespace(start(bench, options -> options.setIpc(NamespaceMode.NODE)), "ipc"))
                .isEqualTo(ours("ipc"));
    }

    @Claim(answers = {"NamespaceOption: HostIpc false", "NamespaceOption.ipc"})
    void ipcOfThePodIsSharedByItsContainersOnly(Bench bench) throws IOException {
        var pod = pod(bench, options -> options.setIpc(NamespaceMode.POD));
        var one = in(pod);
        var two = in(pod);
        assertThat(namespace(one, "ipc")).isEqualTo(namespace(two, "ipc")).isNotEqualTo(ours("ipc"));
        one.sh("echo shared > /dev/shm/file");
        assertThat(two.sh("cat /dev/shm/file")).isEqualTo("shared");
        assertThat(bench.pod().start().exec("test", "-e", "/dev/shm/file").code())
                .isNotZero();
    }

    @Claim(
            answers = {"NamespaceOption: HostNetwork true", "NamespaceOption.network"},
            quote = "Hostname could only be empty when" + " the pod network namespace is NODE.")
    void networkOfTheNodeIsTheNodes(Bench bench) throws IOException {
        var pod = bench.pod(config -> {
            config.clearHostname();
            config.getLinuxBuilder()
                    .getSecurityContextBuilder()
                    .getNamespaceOptionsBuilder()
                    .setNetwork(NamespaceMode.NODE);
        });
        var container = in(pod);
        assertThat(namespace(container, "net")).isEqualTo(ours("net"));
        assertThat(container.sh("hostname"))
                .isEqualTo(
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    }

    @Claim(answers = {"NamespaceOption: HostNetwork false", "NamespaceOption.network"})
    void networkOfThePodIsSharedByItsContainersOnly(Bench bench) throws IOException {
        var pod = bench.pod();
        var one = in(pod);
        assertThat(namespace(one, "net")).isEqualTo(namespace(in(pod), "net")).isNotEqualTo(ours("net"));
    }

    @Claim(answers = {"LinuxContainerSecurityContext.namespace_options"})
    void mountsAndHostnameAreNotTheNodes(Bench bench) throws IOException {
        var container = bench.pod().start();
        assertThat(namespace(container, "mnt")).isNotEqualTo(ours("mnt"));
        assertThat(namespace(container, "uts")).isNotEqualTo(ours("uts"));
    }

    private static TestContainer start(Bench bench, Consumer<NamespaceOption.Builder> change) {
        return in(pod(bench, change));
    }

    private static TestPod pod(Bench bench, Consumer<NamespaceOption.Builder> change) {
        return bench.pod(config -> change.accept(
                config.getLinuxBuilder().getSecurityContextBuilder().getNamespaceOptionsBuilder()));
    }

    /** A container with the options of its pod, as a kubelet passes them. */
    private static TestContainer in(TestPod pod) {
        var options = pod.config().getLinux().getSecurityContext().getNamespaceOptions();
        return pod.start(
                config -> config.getLinuxBuilder().getSecurityContextBuilder().setNamespaceOptions(options));
    }

    private static String namespace(TestContainer container, String type) {
        return container.sh("readlink /proc/self/ns/" + type);
    }

    private static String ours(String type) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns", type)).toString();
    }
}
