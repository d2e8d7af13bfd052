package io.carafe.ports.runtime;

/** What differs between handlers and cannot be hidden. A request that needs a missing one is refused early with the reason. */
public enum RuntimeFeature {
    /** Pods in the host's network namespace, and so with the host's name. */
    HOST_NETWORK,
    /** Pods in the host's PID namespace; what a container leaves running there ends with it all the same. */
    HOST_PID,
    /** Pods in the host's IPC namespace. */
    HOST_IPC,
    /** Pods with one PID namespace for all their containers. */
    POD_PID,
    /** A container in the PID namespace of another, whose first process {@link Containers#observe} tells. */
    TARGET_PID,
    USER_NAMESPACES,
    IDMAP_MOUNTS,
    /** Mounts with option {@code rro}: read-only with all that is mounted below. */
    RECURSIVE_READ_ONLY_MOUNTS,
    /** Mounts with options {@code rslave} and {@code rshared}: what is mounted later crosses, one way or both. */
    MOUNT_PROPAGATION,
    /** Limits of single containers, beside the pod's. */
    CONTAINER_LIMITS,
    /** Containers with all capabilities that the daemon can grant, and the use of them. */
    PRIVILEGED,
    /** The spec's filter of system calls, for commands that are run in the container too. */
    SECCOMP,
    APPARMOR,
    SELINUX,
    /**
     * Sysctls of a pod: those of pinned namespaces are set already and hold for containers that join these; the others are in the spec
     * of the sandbox container.
     */
    SYSCTLS,
    /** The spec's device nodes, and no use of other devices than its rules allow. */
    DEVICES,
    /** {@link Containers#update}. */
    UPDATE,
    PAUSE,
    CHECKPOINT,
    /** {@link Containers#attach}. */
    ATTACH,
    /** Commands with a terminal. */
    EXEC_TTY,
    /** Whether the end of an exec also ends children that have left its family: their parent has ended and the session is theirs. */
    EXEC_KILL_DETACHED,
    /** {@link Sandboxes#portForward}. */
    PORT_FORWARD
}
