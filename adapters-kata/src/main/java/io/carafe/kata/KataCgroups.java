package io.carafe.kata;

import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.cgroup.Cgroup;
import java.util.Optional;

/**
 * Where Kata puts virtual machine and shim, by its own rules: beside the cgroup that the spec of the sandbox names, and below one of its
 * own what the pod's limits are not for. Its shim removes both; a delete action that fails does not, as with a remote hypervisor.
 *
 * <p>Source: kata-containers src/runtime/virtcontainers/sandbox.go, pkg/resourcecontrol.
 */
record KataCgroups(ShimTools tools) {
    private static final String OVERHEAD = "/kata_overhead/";
    private static final String PREFIX = "kata_";

    /**
     * Ends what is still in them and removes them, when the shim has ended. Idempotent. Of systemd's they are scopes, which go by
     * themselves.
     *
     * @param cgroup that the spec of the sandbox names
     */
    void remove(String sandbox, String cgroup) throws InterruptedException {
        if (tools.profile() != ShimProfile.KATA || tools.driver() != CgroupDriver.CGROUPFS) {
            return;
        }
        remove(tools.cgroups().cgroup(OVERHEAD + sandbox));
        String name = cgroup.substring(cgroup.lastIndexOf('/') + 1);
        Optional<Cgroup> pod = tools.cgroups().cgroup(cgroup).parent();
        if (pod.isPresent()) {
            remove(pod.get().child(PREFIX + name));
        }
    }

    private static void remove(Cgroup cgroup) throws InterruptedException {
        cgroup.killAll(ShimTools.ENDING);
        cgroup.remove();
    }
}
