package io.carafe.kata;

import io.carafe.linux.capability.KernelFeatures;
import io.carafe.linux.capability.KernelVersion;
import io.carafe.linux.capability.ProcessStatus;
import io.carafe.linux.pause.Architecture;
import io.carafe.oci.cli.CommandFailure;
import io.carafe.oci.cli.OciCli;
import io.carafe.oci.cli.OciCommandLine;
import io.carafe.oci.cli.RuntimeFeatures;
import io.carafe.ports.runtime.RuntimeFeature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a shim's pods cannot have, each with its reason: by the kind of shim, for none of them tells. */
record ShimFeatures(ShimOptions options, KernelFeatures kernel) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    Map<RuntimeFeature, String> missing() {
        Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);
        missing.put(RuntimeFeature.CHECKPOINT, "checkpoints are not made yet");
        missing.put(RuntimeFeature.PAUSE, "CRI has no call that pauses a container");
        missing.put(
                RuntimeFeature.USER_NAMESPACES,
                "the pod's namespaces would have to belong to its user namespace, which is not made yet");
        if (Architecture.ofJvm(System.getProperty("os.arch")).isEmpty()) {
            missing.put(RuntimeFeature.POD_PID, "there is no pause program for " + System.getProperty("os.arch"));
        }
        switch (options.profile()) {
            case RUNC -> addHost(missing);
            case GVISOR, OTHER -> addGuest(missing, "the pod has a kernel of its own");
            case KATA -> addGuest(missing, "the pod is a virtual machine");
        }
        if (options.profile() == ShimProfile.GVISOR) {
            missing.put(RuntimeFeature.UPDATE, "only the sandbox has a cgroup on the host");
            missing.put(RuntimeFeature.CONTAINER_LIMITS, "all containers of the pod are in one cgroup of the host");
            missing.put(RuntimeFeature.DEVICES, "gVisor's kernel has drivers for none of the host's devices");
        }
        return missing;
    }

    private void addHost(Map<RuntimeFeature, String> missing) {
        String name = options.runtimePath().toString();
        Optional<RuntimeFeatures> features = features();
        if (!features.map(RuntimeFeatures::idMappedMounts).orElse(false)) {
            missing.put(RuntimeFeature.IDMAP_MOUNTS, name + " does not name them in its features: needs runc 1.2");
        }
        if (!KernelVersion.parse(kernel.version()).isAtLeast(5, 12)) {
            missing.put(
                    RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS,
                    "kernel " + kernel.version() + " has no mount_setattr(2): needs 5.12");
        } else if (!features.map(found -> found.mountOptions().contains("rro")).orElse(false)) {
            missing.put(
                    RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS,
                    name + " does not name mount option rro in its features: needs runc 1.1 or crun 1.9");
        }
        if (!features.map(RuntimeFeatures::seccomp).orElse(true)) {
            missing.put(RuntimeFeature.SECCOMP, name + " is built without seccomp");
        } else if (!ProcessStatus.own().hasSeccomp()) {
            missing.put(RuntimeFeature.SECCOMP, "the kernel has no seccomp filters");
        }
        if (!features.map(RuntimeFeatures::appArmor).orElse(true)) {
            missing.put(RuntimeFeature.APPARMOR, name + " is built without AppArmor");
        } else if (!kernel.appArmorEnabled()) {
            missing.put(RuntimeFeature.APPARMOR, "AppArmor is off on this host");
        }
        missing.put(
                RuntimeFeature.SELINUX,
                kernel.selinuxEnabled() ? "labels are not set yet" : "SELinux is off on this host");
    }

    private static void addGuest(Map<RuntimeFeature, String> missing, String why) {
        missing.put(RuntimeFeature.HOST_NETWORK, why + ", which cannot be in the host's network");
        missing.put(RuntimeFeature.HOST_PID, why + ", which does not see the host's processes");
        missing.put(RuntimeFeature.HOST_IPC, why + ", which does not share the host's memory segments and queues");
        missing.put(
                RuntimeFeature.EXEC_KILL_DETACHED,
                why + ", and only its agent sees which processes an exec has started");
        missing.put(RuntimeFeature.TARGET_PID, why + ": on the host its containers have no processes to join");
        missing.put(RuntimeFeature.IDMAP_MOUNTS, why + ", and what maps ids is the host's");
        missing.put(
                RuntimeFeature.RECURSIVE_READ_ONLY_MOUNTS,
                why + ", to which mounts below a mount are not passed one by one");
        missing.put(RuntimeFeature.MOUNT_PROPAGATION, why + ", to which later mounts of the host do not get");
        missing.put(RuntimeFeature.PRIVILEGED, why + ": all devices of the host would have to be plugged into it");
        missing.put(
                RuntimeFeature.SYSCTLS, why + ", and the sysctls of the pod's namespaces on the host do not reach it");
        missing.put(
                RuntimeFeature.SECCOMP, why + ", whose agent ignores filters unless its configuration asks for them");
        missing.put(RuntimeFeature.APPARMOR, why + ", and profiles are loaded into the host's kernel");
        missing.put(RuntimeFeature.SELINUX, why + ", and labels are the host's");
    }

    /** Empty for a program that has no such sub-command, or is not there. */
    private Optional<RuntimeFeatures> features() {
        try {
            OciCommandLine commands = new OciCommandLine(options.runtimePath(), Path.of("/"), List.of());
            return Optional.of(new OciCli(commands, TIMEOUT).features());
        } catch (CommandFailure e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
