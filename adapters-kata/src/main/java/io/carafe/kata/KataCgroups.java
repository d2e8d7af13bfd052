package io.carafe.kata;

import io.carafe.domain.sandbox.CgroupDriver;

/**
 * Where Kata puts virtual machine and shim, by its own rules: one beside the cgroups of the pod's containers, and below one of its own
 * what the pod's limits are not for. Its shim removes both; a delete action that fails does not, as with a remote hypervisor.
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
     * @param cgroup of any task of the pod; they lie side by side, and the sandbox' has its id for a name
     */
    void remove(String sandbox, String cgroup) throws InterruptedException {
        if (tools.profile() != ShimProfile.KATA || tools.driver() != CgroupDriver.CGROUPFS) {
            return;
        }
        ShimTools.remove(tools.cgroups().cgroup(OVERHEAD + sandbox));
        ShimTools.remove(tools.cgroups()
                .cgroup(cgroup)
                .parent()
                .map(pod -> pod.child(PREFIX + sandbox))
                .orElseGet(() -> tools.cgroups().cgroup(PREFIX + sandbox)));
    }
}
