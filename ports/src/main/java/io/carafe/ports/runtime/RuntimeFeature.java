package io.carafe.ports.runtime;

/** What differs between handlers and cannot be hidden. A request that needs a missing one is refused early with the reason. */
public enum RuntimeFeature {
    HOST_NETWORK,
    HOST_PID,
    HOST_IPC,
    POD_PID,
    TARGET_PID,
    USER_NAMESPACES,
    IDMAP_MOUNTS,
    RECURSIVE_READ_ONLY_MOUNTS,
    MOUNT_PROPAGATION,
    CONTAINER_LIMITS,
    PRIVILEGED,
    SECCOMP,
    APPARMOR,
    SELINUX,
    SYSCTLS,
    DEVICES,
    UPDATE,
    PAUSE,
    CHECKPOINT,
    ATTACH,
    EXEC_TTY,
    /** Whether the end of an exec also ends children that have left its family: their parent has ended and the session is theirs. */
    EXEC_KILL_DETACHED,
    PORT_FORWARD
}
