package io.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carafe.conformance.bench.Bench;
import io.carafe.conformance.bench.Claim;
import io.carafe.conformance.bench.Conformance;
import io.carafe.conformance.bench.TestContainer;
import io.carafe.cri.v1.LinuxContainerResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Limits of a container, as its cgroup on the host has them. */
@Conformance
final class ResourcesConformance {
    @Claim(
            answers = {"LinuxContainerConfig.resources", "LinuxContainerResources.memory_limit_in_bytes"},
            needs = "CONTAINER_LIMITS")
    void memoryLimitIsSet(Bench bench) {
        var cgroup = cgroup(run(bench, resources -> resources.setMemoryLimitInBytes(64 << 20)));
        assertThat(cgroup.value("memory.limit_in_bytes", "memory.max")).contains("67108864");
    }

    @Claim(
            answers = {"LinuxContainerResources.memory_swap_limit_in_bytes"},
            needs = "CONTAINER_LIMITS")
    void swapLimitIsSet(Bench bench) {
        var cgroup = cgroup(run(
                bench, resources -> resources.setMemoryLimitInBytes(64 << 20).setMemorySwapLimitInBytes(64 << 20)));
        var value = cgroup.value("memory.memsw.limit_in_bytes", "memory.swap.max");
        assumeTrue(value.isPresent(), "the kernel does not account for swap");
        // v1 counts memory and swap together, v2 swap alone
        assertThat(value.get()).isIn("67108864", "0");
    }

    @Claim(
            answers = {"LinuxContainerResources.cpu_quota", "LinuxContainerResources.cpu_period"},
            needs = "CONTAINER_LIMITS")
    void cpuQuotaAndPeriodAreSet(Bench bench) {
        var cgroup =
                cgroup(run(bench, resources -> resources.setCpuQuota(20_000).setCpuPeriod(50_000)));
        assertThat(cgroup.value("cpu.max")
                        .or(() -> cgroup.value("cpu.cfs_quota_us")
                                .flatMap(quota ->
                                        cgroup.value("cpu.cfs_period_us").map(period -> quota + " " + period))))
                .contains("20000 50000");
    }

    @Claim(
            answers = {"LinuxContainerResources.cpu_shares"},
            needs = "CONTAINER_LIMITS")
    void cpuSharesAreSet(Bench bench) {
        var cgroup = cgroup(run(bench, resources -> resources.setCpuShares(512)));
        var shares = cgroup.value("cpu.shares");
        if (shares.isPresent()) {
            assertThat(shares).contains("512");
        } else {
            // Runtimes differ in the conversion of shares to v2's weight; the default would be 100.
            assertThat(cgroup.value("cpu.weight").map(Integer::parseInt).orElseThrow())
                    .isBetween(2, 99);
        }
    }

    @Claim(
            answers = {"LinuxContainerResources.cpuset_cpus", "LinuxContainerResources.cpuset_mems"},
            needs = "CONTAINER_LIMITS")
    void cpusAndMemoryNodesAreSet(Bench bench) {
        var cgroup = cgroup(run(bench, resources -> resources.setCpusetCpus("0").setCpusetMems("0")));
        assertThat(cgroup.value("cpuset.cpus")).contains("0");
        assertThat(cgroup.value("cpuset.mems")).contains("0");
    }

    @Claim(
            answers = {"LinuxContainerResources.oom_score_adj"},
            needs = "CONTAINER_LIMITS")
    void oomScoreAdjIsSet(Bench bench) {
        assertThat(run(bench, resources -> resources.setOomScoreAdj(777)).sh("cat /proc/1/oom_score_adj"))
                .isEqualTo("777");
    }

    @Claim(
            answers = {"LinuxContainerResources.unified"},
            quote = "Unified resources for cgroup v2.",
            needs = "CONTAINER_LIMITS")
    void unifiedValuesAreSetOnCgroupV2(Bench bench) {
        assumeTrue(Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")), "cgroup v1 on this host");
        var cgroup = cgroup(run(bench, resources -> resources.putUnified("memory.high", "50331648")));
        assertThat(cgroup.value("memory.high")).contains("50331648");
    }

    @Claim(
            answers = {"ContainerStatus.resources", "ContainerResources.linux"},
            quote = "Resource limits configuration of the container.")
    void limitsAreReported(Bench bench) {
        var container = run(
                bench,
                resources -> resources
                        .setMemoryLimitInBytes(64 << 20)
                        .setCpuQuota(20_000)
                        .setCpuPeriod(50_000)
                        .setCpuShares(512));
        var reported = container.status().getResources().getLinux();
        assertThat(reported.getMemoryLimitInBytes()).isEqualTo(64 << 20);
        assertThat(reported.getCpuQuota()).isEqualTo(20_000);
        assertThat(reported.getCpuPeriod()).isEqualTo(50_000);
        assertThat(reported.getCpuShares()).isEqualTo(512);
    }

    @Claim(
            answers = {"LinuxPodSandboxConfig.cgroup_parent"},
            quote = "Parent cgroup of the PodSandbox.")
    void containersAreBelowTheCgroupParentOfTheirPod(Bench bench) {
        var container = bench.pod().start();
        var parent = Path.of(container.pod().config().getLinux().getCgroupParent())
                .getFileName()
                .toString();
        assertThat(cgroup(container).dirs())
                .allSatisfy(dir -> assertThat(dir.toString()).contains(parent + "/"));
    }

    @Claim(
            answers = {"LinuxPodSandboxConfig.overhead", "LinuxPodSandboxConfig.resources"},
            needs = "CONTAINER_LIMITS")
    void overheadAndSumOfThePodAreTakenAndAreNotTheContainersLimits(Bench bench) {
        var pod = bench.pod(config -> {
            config.getLinuxBuilder().getOverheadBuilder().setMemoryLimitInBytes(32 << 20);
            config.getLinuxBuilder().getResourcesBuilder().setMemoryLimitInBytes(128 << 20);
        });
        var container = pod.start(
                config -> config.getLinuxBuilder().getResourcesBuilder().setMemoryLimitInBytes(64 << 20));
        assertThat(cgroup(container).value("memory.limit_in_bytes", "memory.max"))
                .contains("67108864");
    }

    private static TestContainer run(Bench bench, Consumer<LinuxContainerResources.Builder> change) {
        return bench.pod()
                .start(config -> change.accept(config.getLinuxBuilder().getResourcesBuilder()));
    }

    private static ContainerCgroup cgroup(TestContainer container) {
        return ContainerCgroup.named(container.id()).assumePresent();
    }
}
