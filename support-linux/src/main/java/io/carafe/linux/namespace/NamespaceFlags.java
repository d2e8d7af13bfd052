package io.carafe.linux.namespace;

import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.util.Set;

/** The numbers of clone(2) for kinds of namespaces that a thread of many may change. */
final class NamespaceFlags {
    static final int NETWORK = 0x40000000;
    private static final int IPC = 0x08000000;
    private static final int UTS = 0x04000000;

    private NamespaceFlags() {}

    static int of(Set<NamespaceType> types) {
        return types.stream().mapToInt(NamespaceFlags::of).reduce(0, (a, b) -> a | b);
    }

    private static int of(NamespaceType type) {
        return switch (type) {
            case NETWORK -> NETWORK;
            case IPC -> IPC;
            case UTS -> UTS;
            // PID and user need a new process, mount and cgroup would not survive in a file that the host can see
            case PID, MOUNT, USER, CGROUP ->
                throw new LinuxException("unshare", Errno.EINVAL, type + " cannot be pinned by a thread");
        };
    }
}
