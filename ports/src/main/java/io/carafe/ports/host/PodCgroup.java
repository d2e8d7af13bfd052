package io.carafe.ports.host;

import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxId;
import java.util.Optional;

/** The cgroup of a pod, of which those of its containers are children. */
public interface PodCgroup {
    /**
     * Names the pod's cgroup and makes nothing, so that the name can be written down before {@link #make}. What it answers
     * {@link #remove} takes, whether it was made or not.
     *
     * @param requested as for {@link #make}
     * @throws io.carafe.domain.fault.Fault.InvalidArgument as {@link #make}
     */
    PodCgroupPath name(PodSandboxId id, Optional<String> requested);

    /**
     * Makes the cgroup that {@link #name} names, where the driver leaves that to us. Idempotent.
     *
     * @param requested the kubelet's; empty: one of our own is made up for the pod
     * @throws io.carafe.domain.fault.Fault.InvalidArgument if it does not fit the driver: systemd wants a name that ends in
     *     .slice, cgroupfs one that does not
     */
    PodCgroupPath make(PodSandboxId id, Optional<String> requested);

    /** Removes it with all below where it is ours, ending what still runs in it; else only what is ours below it. Idempotent. */
    void remove(PodSandboxId id, PodCgroupPath path);

    /** What the whole pod uses; empty if the cgroup is gone. */
    Optional<CgroupUsage> usage(PodCgroupPath path);
}
