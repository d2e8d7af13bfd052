package io.carafe.linux.cgroup;

import io.carafe.linux.mount.MountPoint;
import io.carafe.linux.mount.MountTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The cgroup trees of this host.
 *
 * <p>Shape: version 1 has a tree per controller (or per few); hybrid has those and one of version 2, which then controls nothing that
 * matters to us; version 2 has one tree for all. Constant while the host runs.
 */
public final class CgroupHierarchy {
    /** Which trees there are. */
    public enum Mode {
        V1,
        HYBRID,
        V2
    }

    private static final Path USUAL = Path.of("/sys/fs/cgroup");

    private static final Set<String> V1_CONTROLLERS = Set.of(
            "cpu",
            "cpuacct",
            "cpuset",
            "memory",
            "devices",
            "freezer",
            "blkio",
            "pids",
            "hugetlb",
            "net_cls",
            "net_prio",
            "perf_event",
            "rdma",
            "misc");

    private final List<CgroupTree> trees;

    private CgroupHierarchy(List<CgroupTree> trees) {
        this.trees = List.copyOf(trees);
    }

    /**
     * What is mounted here.
     *
     * @throws IllegalStateException if no cgroup tree is mounted
     */
    public static CgroupHierarchy detect() {
        return of(MountTable.read());
    }

    static CgroupHierarchy of(MountTable table) {
        List<CgroupTree> trees = new ArrayList<>();
        for (MountPoint mount : table.mounts()) {
            CgroupTree tree = new CgroupTree(
                    mount.path(),
                    mount.type().equals("cgroup") ? controllers(mount) : Set.of(),
                    mount.type().equals("cgroup2"));
            // one tree may be mounted several times, by others and for others: the usual place counts
            boolean counts = tree.unified() || !tree.controllers().isEmpty();
            boolean known = trees.stream()
                    .anyMatch(t ->
                            t.unified() == tree.unified() && t.controllers().equals(tree.controllers()));
            if (counts && mount.path().startsWith(USUAL) && !known) {
                trees.add(tree);
            }
        }
        if (trees.isEmpty()) {
            throw new IllegalStateException("find cgroups: nothing of type cgroup or cgroup2 is mounted below " + USUAL
                    + "; mount cgroup2 there");
        }
        return new CgroupHierarchy(trees);
    }

    /** A tree of version 2 that has a mount point of its own. */
    public static CgroupHierarchy unified(Path mountPoint) {
        return new CgroupHierarchy(List.of(new CgroupTree(mountPoint, Set.of(), true)));
    }

    public Mode mode() {
        boolean unified = trees.stream().anyMatch(CgroupTree::unified);
        boolean legacy = trees.stream().anyMatch(tree -> !tree.unified());
        return !legacy ? Mode.V2 : unified ? Mode.HYBRID : Mode.V1;
    }

    /** True if version 2 controls everything. */
    public boolean isV2() {
        return mode() == Mode.V2;
    }

    /** The controllers that cgroups here can have. */
    public Set<String> controllers() {
        Set<String> all = new TreeSet<>();
        trees.stream().filter(tree -> !tree.unified()).forEach(tree -> all.addAll(tree.controllers()));
        if (isV2()) {
            all.addAll(ControllerList.available(trees.getFirst().mountPoint()));
        }
        return all;
    }

    /**
     * The cgroup at {@code path} below the roots of the trees, whether or not it exists.
     *
     * @throws IllegalArgumentException if the path leaves the tree or names its root
     */
    public Cgroup cgroup(String path) {
        Path relative = Path.of("/").resolve(path).normalize();
        boolean climbs = Stream.of(path.split("/")).anyMatch(name -> name.equals(".."));
        if (climbs || relative.getNameCount() == 0) {
            throw new IllegalArgumentException(
                    "cgroup path '" + path + "' must name a cgroup below the root, without ..");
        }
        return new Cgroup(this, Path.of("/").relativize(relative));
    }

    List<CgroupTree> trees() {
        return trees;
    }

    /** The tree that answers for {@code controller}; in hybrid mode never the unified one. */
    Optional<CgroupTree> tree(String controller) {
        return trees.stream()
                .filter(tree -> isV2() || tree.controllers().contains(controller))
                .findFirst();
    }

    private static Set<String> controllers(MountPoint mount) {
        Set<String> found = new TreeSet<>();
        for (String option : mount.superOptions()) {
            if (V1_CONTROLLERS.contains(option) || option.startsWith("name=")) {
                found.add(option);
            }
        }
        return found;
    }
}
