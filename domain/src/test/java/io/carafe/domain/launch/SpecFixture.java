package io.carafe.domain.launch;

import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerConfig;
import io.carafe.domain.container.ContainerId;
import io.carafe.domain.container.ContainerMetadata;
import io.carafe.domain.container.ContainerMount;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.container.EnvVar;
import io.carafe.domain.container.MountPropagation;
import io.carafe.domain.container.SupplementalGroupsPolicy;
import io.carafe.domain.image.ImageConfig;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.HandlerBinding;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import io.carafe.domain.sandbox.SandboxSecurity;
import io.carafe.domain.sandbox.SandboxState;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.domain.sandbox.UserNamespace;
import io.carafe.domain.spec.OciDevice;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A request for an ordinary container in an ordinary pod, every part of which a test can change. */
final class SpecFixture {
    static final String SANDBOX_ID = "5a".repeat(32);
    static final String CONTAINER_ID = "c0".repeat(32);

    List<String> command = List.of();
    List<String> args = List.of();
    String workingDir = "";
    List<EnvVar> envs = List.of();
    List<SpecMount> mounts = new ArrayList<>();
    List<SpecDevice> devices = new ArrayList<>();
    boolean tty;
    LinuxResources resources = LinuxResources.UNLIMITED;

    Capabilities capabilities = Capabilities.DEFAULT;
    boolean privileged;
    boolean privilegedSandbox = true;
    NamespaceMode network = NamespaceMode.POD;
    /** Where the pod's differs from what the container asks for. */
    Optional<NamespaceMode> podNetwork = Optional.empty();

    NamespaceMode pid = NamespaceMode.CONTAINER;
    NamespaceMode ipc = NamespaceMode.POD;
    Optional<UserNamespace> userNamespace = Optional.empty();
    boolean readonlyRootfs;
    boolean noNewPrivileges;
    List<String> maskedPaths = List.of();
    List<String> readonlyPaths = List.of();
    Optional<SecurityProfile> seccomp = Optional.empty();
    Optional<SecurityProfile> appArmor = Optional.empty();

    List<String> entrypoint = List.of();
    List<String> cmd = List.of("/bin/sh");
    List<String> imageEnv = List.of();
    String imageWorkingDir = "";

    String hostname = "web-0";
    Map<String, String> sysctls = Map.of();
    Optional<LinuxResources> podResources = Optional.empty();
    OptionalLong sandboxUser = OptionalLong.empty();
    OptionalLong sandboxGroup = OptionalLong.empty();
    Map<NamespaceType, Path> pinned = new HashMap<>(Map.of(
            NamespaceType.NETWORK, Path.of("/run/carafe/ns/net"),
            NamespaceType.IPC, Path.of("/run/carafe/ns/ipc"),
            NamespaceType.UTS, Path.of("/run/carafe/ns/uts")));
    Optional<PodCgroupPath> cgroup = Optional.of(new PodCgroupPath("/kubepods/pod1", false));

    ContainerUser user = ContainerUser.ROOT;
    CgroupDriver driver = CgroupDriver.CGROUPFS;
    boolean cgroupV2;
    Set<String> grantable = allCapabilities();
    int lowestOomScoreAdj = -1000;
    boolean seccompEnabled = true;
    boolean appArmorEnabled;
    List<OciDevice> allDevices = List.of(device("/dev/kvm", 10, 232), device("/dev/null", 1, 3));
    Optional<Path> pidNamespace = Optional.empty();
    Optional<OciSeccomp> localhostSeccomp = Optional.empty();

    static Set<String> allCapabilities() {
        Set<String> all = new TreeSet<>(SpecCapabilities.DEFAULT);
        all.addAll(List.of("CAP_NET_ADMIN", "CAP_SYS_ADMIN", "CAP_SYS_PTRACE", "CAP_SYS_TIME"));
        return all;
    }

    static OciDevice device(String path, long major, long minor) {
        return new OciDevice(path, "c", major, minor, OptionalInt.of(0666), Optional.of(0L), Optional.of(0L));
    }

    static SpecMount mount(String containerPath, String source) {
        return mount(containerPath, source, false, false, MountPropagation.PRIVATE);
    }

    static SpecMount mount(
            String containerPath, String source, boolean readonly, boolean recursive, MountPropagation propagation) {
        return new SpecMount(
                new ContainerMount(
                        containerPath, source, readonly, recursive, false, propagation, List.of(), List.of()),
                source);
    }

    OciSpec container() {
        return ContainerSpecFactory.create(request());
    }

    OciSpec pause() {
        return SandboxSpecFactory.create(sandbox(), host());
    }

    ContainerSpecRequest request() {
        return new ContainerSpecRequest(
                new ContainerId(CONTAINER_ID),
                config(),
                new ImageConfig(
                        "",
                        imageEnv,
                        entrypoint,
                        cmd,
                        imageWorkingDir,
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        List.of()),
                sandbox(),
                Path.of("/run/carafe/rootfs/c0"),
                user,
                host(),
                mounts,
                devices,
                new PodPaths(
                        Path.of("/var/lib/carafe/pods/5a/hostname"),
                        Path.of("/var/lib/carafe/pods/5a/hosts"),
                        Path.of("/var/lib/carafe/pods/5a/resolv.conf"),
                        Path.of("/run/carafe/pods/5a/shm")),
                pidNamespace,
                localhostSeccomp);
    }

    HostProfile host() {
        return new HostProfile(
                "amd64",
                driver,
                cgroupV2,
                new HashSet<>(grantable),
                lowestOomScoreAdj,
                seccompEnabled,
                appArmorEnabled,
                allDevices);
    }

    ContainerSecurity security() {
        return new ContainerSecurity(
                capabilities,
                privileged,
                namespaces(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                readonlyRootfs,
                List.of(),
                SupplementalGroupsPolicy.MERGE,
                noNewPrivileges,
                maskedPaths,
                readonlyPaths,
                seccomp,
                appArmor);
    }

    PodSandbox sandbox() {
        PodSandboxConfig config = new PodSandboxConfig(
                new PodSandboxMetadata("web-0", "uid-1", "default", 0),
                hostname,
                Optional.of(Path.of("/var/log/pods/default_web-0_uid-1")),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of("org.systemd.property.OOMPolicy", "'kill'"),
                Optional.empty(),
                new SandboxSecurity(
                        podNamespaces(),
                        sandboxUser,
                        sandboxGroup,
                        false,
                        List.of(),
                        privileged && privilegedSandbox,
                        seccomp,
                        appArmor),
                sysctls,
                Optional.empty(),
                podResources);
        SandboxState.Creating creating = new SandboxState.Creating(Instant.EPOCH, "");
        PodSandbox sandbox = PodSandbox.accepted(
                        new PodSandboxId(SANDBOX_ID),
                        config,
                        new HandlerBinding("runc", "runc", "", Map.of()),
                        creating)
                .withNamespaces(pinned)
                .with(creating.ready());
        return cgroup.map(sandbox::withCgroup).orElse(sandbox);
    }

    private NamespaceOptions namespaces() {
        return new NamespaceOptions(network, pid, ipc, Optional.empty(), userNamespace);
    }

    private ContainerConfig config() {
        return new ContainerConfig(
                new ContainerMetadata("nginx", 1),
                "docker.io/library/nginx:1",
                "nginx:1",
                command,
                args,
                workingDir,
                envs,
                mounts.stream().map(SpecMount::mount).toList(),
                List.of(),
                Map.of(),
                Map.of("org.systemd.property.OOMPolicy", "'kill'"),
                "nginx/1.log",
                false,
                false,
                tty,
                resources,
                security(),
                Optional.empty());
    }

    private NamespaceOptions podNamespaces() {
        NamespaceOptions own = namespaces();
        return new NamespaceOptions(
                podNetwork.orElse(network), own.pid(), own.ipc(), own.targetId(), own.userNamespace());
    }
}
