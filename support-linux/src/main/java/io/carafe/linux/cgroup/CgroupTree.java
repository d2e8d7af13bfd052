package io.carafe.linux.cgroup;

import java.nio.file.Path;
import java.util.Set;

/**
 * One mounted tree of cgroups.
 *
 * <p>Shape: {@code controllers} are those of a version 1 tree, named ones as {@code name=systemd}; empty for version 2, whose
 * controllers each cgroup lists itself.
 */
record CgroupTree(Path mountPoint, Set<String> controllers, boolean unified) {
    CgroupTree {
        controllers = Set.copyOf(controllers);
    }
}
