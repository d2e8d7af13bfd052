package io.carafe.ports.host;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciSeccomp;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What this host is and allows. Read once, constant, but for the methods that take a path. */
public interface HostFacts {
    Platform platform();

    CgroupDriver cgroupDriver();

    boolean cgroupV2();

    /** Capabilities that the daemon has and so can give, with CAP_ prefix. Others must be left out of specs. */
    Set<String> grantableCapabilities();

    /** The lowest oom_score_adj that may be set here. */
    int lowestOomScoreAdj();

    boolean appArmorEnabled();

    boolean seccompEnabled();

    boolean selinuxEnabled();

    String hostname();

    String kernelVersion();

    /** Names the time since the kernel was started: the same for every daemon until the next reboot, then another. */
    String boot();

    Bytes memory();

    /**
     * The device at a host path, or all devices below it if it is a directory.
     *
     * @throws io.carafe.domain.fault.Fault.NotFound if there is none
     */
    List<OciDevice> devices(Path hostPath);

    /** All devices of the host, for privileged containers. */
    List<OciDevice> allDevices();

    /** What a host path is for a mount; symbolic links are followed. Bounded in time: a dead network mount is a fault that says so. */
    PathFacts path(Path hostPath) throws InterruptedException;

    /**
     * Reads a seccomp profile of the node, in the OCI runtime-spec's JSON.
     *
     * @throws Fault.InvalidArgument if the file is missing, or is not such a profile
     */
    OciSeccomp seccompProfile(Path file);

    /** Makes a missing directory on the host, as the kubelet expects of a missing host path. Idempotent. */
    void makeDirectories(Path hostPath);

    /**
     * @param resolved with symbolic links followed
     * @param propagation of the mount that holds it
     */
    record PathFacts(boolean exists, boolean directory, Path resolved, Propagation propagation) {}

    /** Mount propagation of the kernel. Source: mount_namespaces(7). */
    enum Propagation {
        PRIVATE,
        SHARED,
        SLAVE,
        SHARED_AND_SLAVE,
        UNBINDABLE
    }
}
