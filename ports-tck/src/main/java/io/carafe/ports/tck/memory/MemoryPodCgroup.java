package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.CgroupUsage;
import io.carafe.domain.resource.CpuUsage;
import io.carafe.domain.resource.MemoryUsage;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.host.PodCgroup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which cgroups it made; all use nothing. */
public final class MemoryPodCgroup implements PodCgroup {
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final CgroupDriver driver;
    private final InstantSource clock;

    public MemoryPodCgroup(CgroupDriver driver, InstantSource clock) {
        this.driver = driver;
        this.clock = clock;
    }

    /** What was made and is not removed, by the driver's spelling. */
    public Set<String> made() {
        return Set.copyOf(made);
    }

    @Override
    public PodCgroupPath name(PodSandboxId id, Optional<String> requested) {
        if (requested.isPresent()) {
            return new PodCgroupPath(checked(id, requested.get()), false);
        }
        return new PodCgroupPath(
                switch (driver) {
                    case CGROUPFS -> "/carafe/" + id;
                    case SYSTEMD -> "carafe-" + id + ".slice";
                },
                true);
    }

    @Override
    public PodCgroupPath make(PodSandboxId id, Optional<String> requested) {
        PodCgroupPath path = name(id, requested);
        if (path.ours()) {
            made.add(path.value());
        }
        return path;
    }

    @Override
    public void remove(PodSandboxId id, PodCgroupPath path) {
        if (path.ours()) {
            made.remove(path.value());
        }
    }

    @Override
    public Optional<CgroupUsage> usage(PodCgroupPath path) {
        return made.contains(path.value()) ? Optional.of(nothing(clock.instant())) : Optional.empty();
    }

    private String checked(PodSandboxId id, String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        boolean slice = last.matches("[^-]+(-[^-]+)*\\.slice");
        boolean fits = switch (driver) {
            case SYSTEMD -> slice;
            case CGROUPFS -> !slice && !last.isEmpty() && !name.contains("..");
        };
        if (!fits) {
            throw new Fault.InvalidArgument(
                    "use cgroup of pod " + id + ": '" + name + "' does not fit the driver " + driver);
        }
        return driver == CgroupDriver.SYSTEMD ? last : name;
    }

    private static CgroupUsage nothing(Instant now) {
        MemoryUsage memory =
                new MemoryUsage(now, Bytes.ZERO, Optional.empty(), Bytes.ZERO, Bytes.ZERO, 0, 0, Optional.empty());
        return new CgroupUsage(
                new CpuUsage(now, 0, Optional.empty()), memory, Optional.empty(), 0, Optional.empty(), now);
    }
}
