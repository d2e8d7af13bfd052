package io.carafe.adapters.linux;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.linux.cgroup.Cgroup;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.cgroup.SystemdSlice;
import io.carafe.linux.cgroup.SystemdUnit;
import io.carafe.ports.host.PodCgroup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A pod's cgroup: by mkdir with the cgroupfs driver. With systemd's driver it is a slice, which systemd makes when the first
 * container's scope asks for it.
 */
final class LinuxPodCgroup implements PodCgroup {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final CgroupHierarchy cgroups;
    private final CgroupDriver driver;
    private final String parent;
    private final InstantSource clock;

    /** @throws Fault.InvalidArgument if the configured parent does not fit the driver */
    LinuxPodCgroup(
            CgroupHierarchy cgroups, CgroupDriver driver, Optional<String> configuredParent, InstantSource clock) {
        this.cgroups = cgroups;
        this.driver = driver;
        this.clock = clock;
        this.parent = configuredParent
                .map(name -> checked("use " + LinuxHostProvider.CGROUP_PARENT, name))
                .orElse(
                        switch (driver) {
                            case CGROUPFS -> "/carafe";
                            case SYSTEMD -> "carafe.slice";
                        });
    }

    @Override
    public PodCgroupPath name(PodSandboxId id, Optional<String> requested) {
        if (requested.isPresent()) {
            // the kubelet has made it, with the pod's limits; runc makes what is missing
            return new PodCgroupPath(checked("use cgroup of pod " + id, requested.get()), false);
        }
        return switch (driver) {
            case CGROUPFS -> new PodCgroupPath(parent + "/" + id, true);
            case SYSTEMD ->
                new PodCgroupPath(parent.substring(0, parent.length() - ".slice".length()) + "-" + id + ".slice", true);
        };
    }

    @Override
    public PodCgroupPath make(PodSandboxId id, Optional<String> requested) {
        PodCgroupPath path = name(id, requested);
        if (path.ours() && driver == CgroupDriver.CGROUPFS) {
            HostFault.doing("make cgroup " + path.value() + " of pod " + id, cgroup(path)::create);
        }
        return path;
    }

    @Override
    public void remove(PodSandboxId id, PodCgroupPath path) {
        HostFault.doing("remove cgroup " + path.value() + " of pod " + id, () -> {
            Cgroup cgroup = cgroup(path);
            if (!path.ours()) {
                // A later sandbox of the same pod may live in it: only what bears this one's id is to go.
                cgroup.children().stream()
                        .filter(name -> name.contains(id.value()))
                        .map(cgroup::child)
                        .forEach(child -> end(id, child));
                return;
            }
            end(id, cgroup);
            switch (driver) {
                case SYSTEMD -> stopSlice(id, path);
                // with the last pod goes what the first one brought
                case CGROUPFS -> cgroup.parent().ifPresent(Cgroup::removeIfEmpty);
            }
        });
    }

    @Override
    public Optional<CgroupUsage> usage(PodCgroupPath path) {
        return HostFault.during(
                "read usage of cgroup " + path.value(), () -> cgroup(path).usage(clock.instant()));
    }

    private void end(PodSandboxId id, Cgroup cgroup) {
        try {
            if (!cgroup.killAll(KILL_TIMEOUT)) {
                throw new Fault.TimedOut("remove cgroup of pod " + id + ": " + cgroup.hanging(KILL_TIMEOUT));
            }
            cgroup.remove();
        } catch (InterruptedException e) {
            throw interrupted(id, e);
        }
    }

    private static void stopSlice(PodSandboxId id, PodCgroupPath path) throws java.io.IOException {
        try {
            new SystemdUnit(path.value()).stop(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            throw interrupted(id, e);
        }
    }

    private static Fault interrupted(PodSandboxId id, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Fault.Unavailable("remove cgroup of pod " + id + ": interrupted; remove the pod again", e);
    }

    private Cgroup cgroup(PodCgroupPath path) {
        return cgroups.cgroup(
                switch (driver) {
                    case CGROUPFS -> path.value();
                    case SYSTEMD -> new SystemdSlice(path.value()).cgroupPath();
                });
    }

    /** The name as the driver spells it: of a systemd path only the last slice, which says the others. */
    private String checked(String attempted, String name) {
        Path last = Path.of(name).getFileName();
        String lastName = last == null ? "" : last.toString();
        return switch (driver) {
            case SYSTEMD -> {
                if (!SystemdSlice.isName(lastName) || lastName.equals("-.slice")) {
                    throw new Fault.InvalidArgument(
                            attempted + ": '" + name
                                    + "' is not a systemd slice; the kubelet's cgroup driver must be systemd as ours is, or ours cgroupfs");
                }
                yield lastName;
            }
            case CGROUPFS -> {
                if (lastName.endsWith(".slice")) {
                    throw new Fault.InvalidArgument(
                            attempted + ": '" + name
                                    + "' is a systemd slice; the kubelet's cgroup driver must be cgroupfs as ours is, or ours systemd");
                }
                try {
                    yield cgroups.cgroup(name).path();
                } catch (IllegalArgumentException e) {
                    throw new Fault.InvalidArgument(attempted + ": " + e.getMessage(), e);
                }
            }
        };
    }
}
