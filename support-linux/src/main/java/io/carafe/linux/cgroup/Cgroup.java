package io.carafe.linux.cgroup;

import io.carafe.domain.fault.DurationText;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.linux.file.ControlFile;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * One path in every tree, meant as one cgroup.
 *
 * <p>Concurrency: safe; others (runc, systemd, the kubelet) work on the same files, so every method bears that what it finds is gone
 * a moment later.
 */
public final class Cgroup {
    private static final int MAX_ATTEMPTS = 10;

    private final CgroupHierarchy hierarchy;
    private final Path path;

    Cgroup(CgroupHierarchy hierarchy, Path path) {
        this.hierarchy = hierarchy;
        this.path = path;
    }

    /** As config.json and the kubelet spell it: absolute below the root of the tree. */
    public String path() {
        return "/" + path;
    }

    /** The last part of its path. */
    public String name() {
        return path.getFileName().toString();
    }

    public Cgroup child(String name) {
        return hierarchy.cgroup(path() + "/" + name);
    }

    /** True if it is there in any tree. */
    public boolean exists() {
        return directories().stream().anyMatch(Files::isDirectory);
    }

    /**
     * Makes it and its missing parents in every tree, usable for processes at once. Idempotent.
     *
     * @throws LinuxException if the kernel refuses, with the file in it
     */
    public void create() {
        for (CgroupTree tree : hierarchy.trees()) {
            boolean made = false;
            for (int attempt = 1; !made; attempt++) {
                made = create(tree);
                if (!made && attempt == MAX_ATTEMPTS) {
                    throw new LinuxException("mkdir", Errno.ENOENT, in(tree) + ": somebody keeps removing its parent");
                }
            }
        }
    }

    /** False if a parent was removed meanwhile, as another pod's end does with a parent that has become empty. */
    private boolean create(CgroupTree tree) {
        try {
            return createFromTheTop(tree);
        } catch (LinuxException e) {
            if (e.isGone()) {
                return false;
            }
            throw e;
        }
    }

    private boolean createFromTheTop(CgroupTree tree) {
        Path directory = tree.mountPoint();
        for (Path name : path) {
            if (tree.unified() && hierarchy.isV2()) {
                ControllerList.handDown(directory);
            }
            Path parent = directory;
            directory = directory.resolve(name);
            if (!CgroupDirectory.make(directory)) {
                return false;
            }
            if (tree.controllers().contains("cpuset")) {
                Cpuset.inherit(parent, directory);
            }
        }
        return true;
    }

    /** Moves a process, with all its threads, into this cgroup in every tree; ESRCH if it has ended. */
    public void add(long pid) {
        for (Path directory : directories()) {
            ControlFile.write(directory.resolve("cgroup.procs"), Long.toString(pid));
        }
    }

    /** The processes in it and in the cgroups below it. */
    public Set<Long> processes() {
        Set<Long> pids = new TreeSet<>();
        directories().forEach(directory -> pids.addAll(CgroupDirectory.processes(directory)));
        return pids;
    }

    /**
     * Kills every process in it and below; false if some have not ended after {@code timeout}. Idempotent. Where the kernel cannot
     * kill a cgroup as one, no process can be started in it afterwards: it is to be removed.
     */
    public boolean killAll(Duration timeout) throws InterruptedException {
        return new CgroupKill(this).run(timeout);
    }

    /** What to tell where {@link #killAll} has not ended them in time. */
    public String hanging(Duration timeout) {
        return "processes " + processes() + " in " + this + " did not end within " + DurationText.of(timeout)
                + " of SIGKILL; they hang in the kernel";
    }

    /**
     * Removes it and the cgroups below it in every tree. Idempotent.
     *
     * @throws LinuxException EBUSY if there are processes in it
     */
    public void remove() {
        directories().forEach(CgroupDirectory::remove);
    }

    /** The cgroup that it lies in; empty if that is the root. */
    public Optional<Cgroup> parent() {
        return Optional.ofNullable(path.getParent()).map(up -> new Cgroup(hierarchy, up));
    }

    /** Removes it, in every tree where it has neither cgroups nor processes; elsewhere it stays. Idempotent. */
    public void removeIfEmpty() {
        directories().forEach(CgroupDirectory::removeIfEmpty);
    }

    /** The names of the cgroups directly below it, in any tree. */
    public Set<String> children() {
        Set<String> names = new TreeSet<>();
        for (Path directory : directories()) {
            CgroupDirectory.children(directory)
                    .forEach(child -> names.add(directory.relativize(child).toString()));
        }
        return names;
    }

    /** What it and the cgroups below it use; empty if it is gone. */
    public Optional<CgroupUsage> usage(Instant now) {
        if (hierarchy.isV2()) {
            return new UsageV2(directories().getFirst()).read(now);
        }
        return directory("cpuacct")
                .flatMap(cpu ->
                        directory("memory").flatMap(memory -> new UsageV1(cpu, memory, directory("pids")).read(now)));
    }

    /**
     * How often the kernel has killed a process in it for want of memory, in version 2 also in the cgroups below it and in those that
     * have been there; empty if it is gone or too old a kernel counts nothing.
     */
    public OptionalLong oomKills() {
        Optional<Path> file = hierarchy.isV2()
                ? Optional.of(directories().getFirst().resolve("memory.events"))
                : directory("memory").map(memory -> memory.resolve("memory.oom_control"));
        return file.flatMap(ControlFile::read)
                .map(KeyedValues::parse)
                .map(values -> values.value("oom_kill"))
                .orElse(OptionalLong.empty());
    }

    /** Its directory in the tree of one controller, whether or not it exists; empty if that controller is not here. */
    public Optional<Path> directory(String controller) {
        return hierarchy.tree(controller).map(this::in);
    }

    /** Its directories, one a tree. */
    List<Path> directories() {
        return hierarchy.trees().stream().map(this::in).toList();
    }

    @Override
    public String toString() {
        return path();
    }

    private Path in(CgroupTree tree) {
        return tree.mountPoint().resolve(path);
    }

    /** In hybrid mode a cgroup of version 1 that an old kernel does not kill as one. */
    boolean canKillAsOne() {
        return hierarchy.isV2() && Files.exists(directories().getFirst().resolve("cgroup.kill"));
    }

    /** Stops processes from being started in it; where there is no pids controller, nothing happens. */
    void forbidForks() {
        directory("pids").ifPresent(directory -> {
            try {
                ControlFile.write(directory.resolve("pids.max"), "0");
            } catch (LinuxException e) {
                if (!e.isGone()) {
                    throw e;
                }
            }
        });
    }
}
