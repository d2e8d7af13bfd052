package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@Conformance
final class SysctlsConformance {
    @Claim(answers = {"PodSandbox sysctls: safe", "LinuxPodSandboxConfig.sysctls"})
    void safeSysctlsAreSetInThePodAndNotOnTheHost(Bench bench) throws IOException {
        var onHost = Files.readString(Path.of("/proc/sys/kernel/shm_rmid_forced"));
        var pod = bench.pod(config -> config.getLinuxBuilder()
                .putSysctls("kernel.shm_rmid_forced", "1")
                .putSysctls("net.ipv4.ip_local_port_range", "2000 60000"));
        var container = pod.start();
        assertThat(container.sh("cat /proc/sys/kernel/shm_rmid_forced")).isEqualTo("1");
        assertThat(container.sh("tr '\\t' ' ' < /proc/sys/net/ipv4/ip_local_port_range"))
                .isEqualTo("2000 60000");
        assertThat(Files.readString(Path.of("/proc/sys/kernel/shm_rmid_forced")))
                .isEqualTo(onHost);
    }

    @Claim(answers = {"PodSandbox sysctls: unsafe", "LinuxPodSandboxConfig.sysctls"})
    void namespacedUnsafeSysctlsAreSetToo(Bench bench) {
        var pod = bench.pod(config -> config.getLinuxBuilder().putSysctls("fs.mqueue.msg_max", "100"));
        assertThat(pod.start().sh("cat /proc/sys/fs/mqueue/msg_max")).isEqualTo("100");
    }

    @Claim(
            answers = {"LinuxPodSandboxConfig.sysctls"},
            needs = "SYSCTLS")
    void sysctlThatIsNotNamespacedIsRefused(Bench bench) throws IOException {
        var onHost = Files.readString(Path.of("/proc/sys/vm/swappiness"));
        var config = bench.podConfig();
        config.getLinuxBuilder().putSysctls("vm.swappiness", onHost.strip());
        Refused.any(() -> bench.run(config.build()));
    }
}
