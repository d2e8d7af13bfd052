package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.ports.host.PodCgroup;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodCgroupTck;
import io.carafe.ports.tck.TckContexts;
import io.carafe.ports.tck.TckTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxPodCgroupTckIT extends PodCgroupTck {
    private final CgroupHierarchy hierarchy = CgroupHierarchy.detect();
    // a parent of this test's own, so that it can be removed with all below
    private final String parent = "carafe-tck-" + UUID.randomUUID();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path temporary;

    @Override
    protected PodCgroup create(BackendContext context, CgroupDriver driver) {
        Map<String, String> options =
                driver == CgroupDriver.CGROUPFS ? Map.of("cgroup_parent", "/" + parent) : Map.of();
        BackendContext configured = TckContexts.in(temporary, options);
        return new LinuxHostProvider().create(configured, driver).cgroup();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        hierarchy.cgroup("/" + parent).remove();
    }

    @Test
    void removeEndsWhatStillRunsInIt() throws Exception {
        PodCgroupPath path = cgroup.make(pod, Optional.empty());
        Cgroup container = hierarchy.cgroup(path.value()).child("container");
        container.create();
        Process process = sleeperIn(container);
        assertThat(cgroup.usage(path).orElseThrow().processes()).isEqualTo(1);

        cgroup.remove(pod, path);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(container.exists()).isFalse();
    }

    @Test
    void parentGoesWithTheLastPodEvenWhilePodsComeAndGo() throws Exception {
        List<Callable<Boolean>> pods = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            PodSandboxId id = new PodSandboxId(String.format("%064x", i));
            pods.add(() -> {
                for (int round = 0; round < 10; round++) {
                    PodCgroupPath path = cgroup.make(id, Optional.empty());
                    assertThat(cgroup.usage(path)).isPresent();
                    cgroup.remove(id, path);
                }
                return true;
            });
        }

        assertThat(new TckTasks().all("churn", pods.size(), pods)).containsOnly(true);

        assertThat(hierarchy.cgroup("/" + parent).exists()).isFalse();
    }

    @Test
    void removeBelowTheKubeletsTakesOnlyWhatBearsThisPodsId() throws Exception {
        Cgroup kubelets = hierarchy.cgroup("/" + parent + "/kubepods-pod1");
        Cgroup ours = kubelets.child("carafe-conmon-" + pod);
        Cgroup laterPods = kubelets.child("carafe-" + "ef".repeat(32));
        ours.create();
        laterPods.create();
        Process process = sleeperIn(ours);
        Process later = sleeperIn(laterPods);
        PodCgroupPath path = cgroup.make(pod, Optional.of(kubelets.path()));

        cgroup.remove(pod, path);
        cgroup.remove(pod, path);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ours.exists()).isFalse();
        assertThat(laterPods.exists()).isTrue();
        assertThat(later.isAlive()).isTrue();
    }

    @Test
    void configuredParentThatDoesNotFitTheDriverIsRefused() {
        BackendContext context = TckContexts.in(temporary, Map.of("cgroup_parent", "pods.slice"));

        assertThatThrownBy(() -> new LinuxHostProvider().create(context, CgroupDriver.CGROUPFS))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("cgroup_parent");
    }

    private Process sleeperIn(Cgroup cgroupOfIt) throws IOException {
        Process process = new ProcessBuilder("/bin/sleep", "300").start();
        processes.add(process);
        cgroupOfIt.add(process.pid());
        return process;
    }
}
