package io.carafe.gvisor;

import io.carafe.linux.pause.Architecture;
import io.carafe.ports.runtime.RuntimeFeature;
import java.util.EnumMap;
import java.util.Map;

/** What pods cannot have here, each with its reason. */
final class MissingFeatures {
    static final String APPARMOR = "AppArmor confines processes of the host's kernel, containers run on gVisor's";

    private static final String OWN_KERNEL = "containers run on a kernel of their own, which has no part in the host's";

    private MissingFeatures() {}

    static Map<RuntimeFeature, String> of(GvisorOptions.Network network) {
        Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);
        missing.put(RuntimeFeature.HOST_PID, OWN_KERNEL);
        missing.put(RuntimeFeature.HOST_IPC, OWN_KERNEL);
        missing.put(
                RuntimeFeature.TARGET_PID,
                "a target is found by its process on the host, and a container of gVisor has none");
        missing.put(
                RuntimeFeature.USER_NAMESPACES, "the sandbox is confined already; mapped ids are not handed to it yet");
        missing.put(RuntimeFeature.IDMAP_MOUNTS, "files reach a container by gVisor's file server, which maps no ids");
        missing.put(
                RuntimeFeature.MOUNT_PROPAGATION,
                "mounts are made in gVisor's kernel; what is mounted on the host later does not reach it, nor the reverse");
        missing.put(
                RuntimeFeature.CONTAINER_LIMITS,
                "the whole pod is one process on the host: limits hold at the pod's cgroup, not at a container's");
        missing.put(RuntimeFeature.UPDATE, "there is nothing to change where a container's limits do not hold");
        missing.put(
                RuntimeFeature.DEVICES,
                "gVisor's kernel has drivers for none of the host's devices; a privileged container gets none either");
        missing.put(
                RuntimeFeature.SECCOMP,
                "runsc applies a profile to a container's own processes, not to commands run in it later; the host is kept safe by gVisor's own");
        missing.put(
                RuntimeFeature.SYSCTLS, "gVisor's kernel takes no sysctls of a pod; the host's would not hold inside");
        missing.put(RuntimeFeature.APPARMOR, APPARMOR);
        missing.put(
                RuntimeFeature.SELINUX, "SELinux labels processes of the host's kernel, containers run on gVisor's");
        missing.put(RuntimeFeature.PAUSE, "CRI has no call that pauses a container, and runsc pauses whole pods");
        missing.put(RuntimeFeature.CHECKPOINT, "checkpoints are not made yet");
        missing.put(
                RuntimeFeature.EXEC_KILL_DETACHED,
                "runsc tells no more of a process than its parent, so a child that has left its family is not known as one");
        missing.put(
                RuntimeFeature.HOST_NETWORK,
                switch (network) {
                    case SANDBOX -> "network = \"sandbox\" gives a pod gVisor's own stack, which cannot be the host's";
                    case HOST ->
                        "a sandbox uses the host's sockets but sees neither its interfaces nor its ports, which such pods are for";
                });
        if (Architecture.ofJvm(System.getProperty("os.arch")).isEmpty()) {
            missing.put(RuntimeFeature.POD_PID, "there is no pause program for " + System.getProperty("os.arch"));
        }
        return missing;
    }
}
