package io.carafe.kata;

import java.nio.file.Path;
import java.util.Locale;

/** The kinds of shims, by what differs between them. */
enum ShimProfile {
    /** Containers are processes of the host, as with runc without a shim. */
    RUNC,
    /** The pod is one process with a kernel of its own; containers share its lifetime. */
    GVISOR,
    /** The pod is a virtual machine. */
    KATA,
    /** Nothing is known but the protocol: treated as a pod with a kernel of its own. */
    OTHER;

    /** What the name of a program tells: containerd-shim-runc-v2, containerd-shim-runsc-v1, containerd-shim-kata-v2. */
    static ShimProfile of(Path program) {
        String name = String.valueOf(program.getFileName()).toLowerCase(Locale.ROOT);
        if (name.contains("-runc-")) {
            return RUNC;
        }
        if (name.contains("-runsc-")) {
            return GVISOR;
        }
        return name.contains("-kata-") ? KATA : OTHER;
    }

    /** Whether a container's processes, cgroup and namespaces are the host's, so that we can see and account for them. */
    boolean onHost() {
        return this == RUNC;
    }

    /** Whether the root file system must lie in the bundle: what is there the shim shares with its guest. */
    boolean rootInBundle() {
        return this == KATA;
    }
}
