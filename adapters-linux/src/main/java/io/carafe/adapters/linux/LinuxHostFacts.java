package io.carafe.adapters.linux;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.linux.capability.KernelFeatures;
import io.carafe.linux.capability.ProcessStatus;
import io.carafe.linux.cgroup.CgroupHierarchy;
import io.carafe.linux.file.HostPath;
import io.carafe.linux.mount.MountPoint;
import io.carafe.linux.mount.MountTable;
import io.carafe.ports.host.HostFacts;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Facts read from /proc and /sys when the daemon starts; devices, paths and profiles are looked at when asked for. */
record LinuxHostFacts(
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
        String boot,
        Bytes memory)
        implements HostFacts {
    private static final int LOWEST_OOM_SCORE_ADJ = -1000;
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(10);
    private static final Path DEV = Path.of("/dev");

    static LinuxHostFacts read(CgroupHierarchy cgroups, CgroupDriver driver) {
        KernelFeatures kernel = KernelFeatures.HOST;
        ProcessStatus status = ProcessStatus.own();
        Set<String> capabilities = Set.copyOf(status.grantableCapabilities());
        return new LinuxHostFacts(
                platform(System.getProperty("os.arch")),
                driver,
                cgroups.isV2(),
                capabilities,
                capabilities.contains("CAP_SYS_RESOURCE") ? LOWEST_OOM_SCORE_ADJ : ProcessStatus.ownOomScoreAdj(),
                kernel.appArmorEnabled(),
                status.hasSeccomp(),
                kernel.selinuxEnabled(),
                kernel.hostname(),
                kernel.version(),
                kernel.boot(),
                new Bytes(kernel.memoryBytes()));
    }

    /** The JVM's name of an architecture in Go's words. */
    static Platform platform(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> new Platform("linux", "amd64", "");
            case "aarch64" -> new Platform("linux", "arm64", "v8");
            default -> new Platform("linux", osArch, "");
        };
    }

    @Override
    public List<OciDevice> devices(Path hostPath) {
        return HostFault.during("look for devices at " + hostPath, () -> new DeviceNodes(hostPath).find());
    }

    @Override
    public List<OciDevice> allDevices() {
        return devices(DEV);
    }

    @Override
    public PathFacts path(Path hostPath) throws InterruptedException {
        try {
            HostPath look = HostPath.look(hostPath, LOOK_TIMEOUT);
            Propagation propagation = MountTable.read()
                    .holding(look.resolved())
                    .map(LinuxHostFacts::propagation)
                    .orElse(Propagation.PRIVATE);
            return new PathFacts(look.exists(), look.directory(), look.resolved(), propagation);
        } catch (TimeoutException e) {
            throw new Fault.TimedOut(e.getMessage() == null ? "look at " + hostPath : e.getMessage(), e);
        }
    }

    static Propagation propagation(MountPoint mount) {
        boolean slave = mount.propagation().stream().anyMatch(tag -> tag.startsWith("master:"));
        if (mount.isShared()) {
            return slave ? Propagation.SHARED_AND_SLAVE : Propagation.SHARED;
        }
        if (slave) {
            return Propagation.SLAVE;
        }
        return mount.propagation().contains("unbindable") ? Propagation.UNBINDABLE : Propagation.PRIVATE;
    }

    @Override
    public OciSeccomp seccompProfile(Path file) {
        return SeccompProfileFile.read(file);
    }

    @Override
    public void makeDirectories(Path hostPath) {
        try {
            Files.createDirectories(hostPath);
        } catch (FileAlreadyExistsException e) {
            throw new Fault.WrongState(
                    "make host directory " + hostPath + ": " + e.getFile() + " is there and is no directory; remove it",
                    e);
        } catch (IOException e) {
            throw HostFault.of("make host directory " + hostPath, e);
        }
    }
}
