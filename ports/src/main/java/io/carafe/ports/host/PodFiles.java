package io.carafe.ports.host;

import io.carafe.domain.sandbox.DnsConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Files that the containers of a pod share. They survive until removed; /dev/shm is a mount and ends with a reboot. */
public interface PodFiles {
    /**
     * Writes hostname, hosts and resolv.conf and mounts /dev/shm. Idempotent.
     *
     * @param hostname what /etc/hostname says
     * @param hostShm whether the pod shares the host's IPC namespace: then the paths say the host's /dev/shm and nothing is mounted
     * @param dns empty to copy the host's resolv.conf
     */
    Paths write(PodSandboxId id, String hostname, boolean hostShm, Optional<DnsConfig> dns);

    /** The same paths as {@link #write} answered, made whole again after a reboot is not needed: such a pod is NotReady. */
    Paths paths(PodSandboxId id, boolean hostShm);

    /** Unmounts and removes. Idempotent. */
    void remove(PodSandboxId id);

    /** Pods that have files, also those no record knows. */
    Set<PodSandboxId> list();

    /** Absolute paths on the host. */
    record Paths(Path hostname, Path hosts, Path resolvConf, Path shm) {}
}
