package io.carafe.ports.tck.memory;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.ports.host.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A host as a test wants it. Paths are looked at for real, so that a test can make them in a directory of its own.
 *
 * @param profiles the seccomp profiles of the node
 * @param reboots how many there have been
 */
public record MemoryHostFacts(
        Platform platform,
        CgroupDriver cgroupDriver,
        boolean cgroupV2,
        Set<String> grantableCapabilities,
        int lowestOomScoreAdj,
        boolean appArmorEnabled,
        boolean seccompEnabled,
        boolean selinuxEnabled,
        String hostname,
        String kernelVersion,
        Bytes memory,
        List<OciDevice> allDevices,
        Map<Path, OciSeccomp> profiles,
        AtomicInteger reboots)
        implements HostFacts {
    /** A profile of the node, which allows everything. */
    public static final Path PROFILE = Path.of("/var/lib/kubelet/seccomp/allow.json");

    public MemoryHostFacts {
        grantableCapabilities = Set.copyOf(grantableCapabilities);
        allDevices = List.copyOf(allDevices);
        profiles = Map.copyOf(profiles);
    }

    /** A host with cgroup v2 that may do all that a default container asks for; its devices are null and zero. */
    public static MemoryHostFacts typical(CgroupDriver driver) {
        return new MemoryHostFacts(
                new Platform("linux", "amd64", ""),
                driver,
                true,
                Set.of(
                        "CAP_AUDIT_WRITE",
                        "CAP_CHOWN",
                        "CAP_DAC_OVERRIDE",
                        "CAP_FOWNER",
                        "CAP_FSETID",
                        "CAP_KILL",
                        "CAP_MKNOD",
                        "CAP_NET_ADMIN",
                        "CAP_NET_BIND_SERVICE",
                        "CAP_NET_RAW",
                        "CAP_SETFCAP",
                        "CAP_SETGID",
                        "CAP_SETPCAP",
                        "CAP_SETUID",
                        "CAP_SYS_ADMIN",
                        "CAP_SYS_CHROOT",
                        "CAP_SYS_PTRACE",
                        "CAP_SYS_RESOURCE"),
                -1000,
                false,
                true,
                false,
                "node",
                "6.1.0",
                Bytes.ofMebibytes(8192),
                List.of(device("/dev/null", 3), device("/dev/zero", 5)),
                Map.of(PROFILE, new OciSeccomp("SCMP_ACT_ALLOW", OptionalInt.empty(), List.of(), List.of(), List.of())),
                new AtomicInteger());
    }

    /** What a reboot of the host does. */
    public void reboot() {
        reboots.incrementAndGet();
    }

    @Override
    public String boot() {
        return "boot-" + reboots;
    }

    @Override
    public List<OciDevice> devices(Path hostPath) {
        List<OciDevice> found = allDevices.stream()
                .filter(device -> Path.of(device.path()).startsWith(hostPath))
                .toList();
        if (found.isEmpty()) {
            throw new Fault.NotFound("look for devices at " + hostPath + ": there is none");
        }
        return found;
    }

    @Override
    public PathFacts path(Path hostPath) {
        try {
            Path resolved = hostPath.toRealPath();
            return new PathFacts(true, Files.isDirectory(resolved), resolved, Propagation.SHARED);
        } catch (IOException e) {
            return new PathFacts(false, false, hostPath, Propagation.SHARED);
        }
    }

    @Override
    public OciSeccomp seccompProfile(Path file) {
        return Optional.ofNullable(profiles.get(file))
                .orElseThrow(() -> new Fault.InvalidArgument("read seccomp profile " + file + ": there is none"));
    }

    @Override
    public void makeDirectories(Path hostPath) {
        try {
            Files.createDirectories(hostPath);
        } catch (FileAlreadyExistsException e) {
            throw new Fault.WrongState("make host directory " + hostPath + ": a file is there", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OciDevice device(String path, long minor) {
        return new OciDevice(path, "c", 1, minor, OptionalInt.of(0666), Optional.of(0L), Optional.of(0L));
    }
}
