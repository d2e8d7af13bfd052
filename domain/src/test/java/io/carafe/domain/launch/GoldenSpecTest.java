package io.carafe.domain.launch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.ContainerUser;
import io.carafe.domain.container.EnvVar;
import io.carafe.domain.container.MountPropagation;
import io.carafe.domain.resource.Bytes;
import io.carafe.domain.resource.HugepageLimit;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.domain.sandbox.IdMapping;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.domain.sandbox.UserNamespace;
import io.carafe.domain.spec.OciSeccomp;
import io.carafe.domain.spec.OciSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole config.json files against those in src/test/resources/golden. What was made is in target/golden, to be read and copied
 * after a change that was meant.
 */
class GoldenSpecTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path MADE = Path.of("target/golden");

    static Map<String, OciSpec> specs() {
        return Map.ofEntries(
                Map.entry("plain.json", new SpecFixture().container()),
                Map.entry("privileged.json", privileged()),
                Map.entry("host-namespaces.json", hostNamespaces()),
                Map.entry("security-options.json", securityOptions()),
                Map.entry("runtime-default-seccomp.json", runtimeDefaultSeccomp()),
                Map.entry("resources-v1.json", resourcesV1()),
                Map.entry("resources-v2.json", resourcesV2()),
                Map.entry("systemd.json", systemd()),
                Map.entry("user-namespace.json", userNamespace()),
                Map.entry("pause.json", pause()),
                Map.entry("pause-of-vm.json", pauseOfVm()));
    }

    static Stream<String> files() {
        return specs().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void specIsTheGoldenOne(String file) throws IOException {
        String made = SpecJson.write(requireNonNull(specs().get(file)));
        Files.createDirectories(MADE);
        Files.writeString(MADE.resolve(file), made);
        assertThat(made).isEqualTo(Files.readString(GOLDEN.resolve(file)));
    }

    @Test
    void everyGoldenFileHasATestAndAnOrigin() throws IOException {
        String origins = Files.readString(GOLDEN.resolve("ORIGINS.md"));
        try (Stream<Path> present = Files.list(GOLDEN)) {
            assertThat(present.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(files(), Stream.of("ORIGINS.md")).toList());
        }
        assertThat(files()).allSatisfy(file -> assertThat(origins).contains("`" + file + "`"));
    }

    private static OciSpec privileged() {
        SpecFixture fixture = new SpecFixture();
        fixture.privileged = true;
        fixture.cgroupV2 = true;
        fixture.seccomp = Optional.of(new SecurityProfile.RuntimeDefault());
        fixture.maskedPaths = List.of("/proc/kcore");
        fixture.readonlyPaths = List.of("/proc/sys");
        return fixture.container();
    }

    private static OciSpec hostNamespaces() {
        SpecFixture fixture = new SpecFixture();
        fixture.network = NamespaceMode.NODE;
        fixture.pid = NamespaceMode.NODE;
        fixture.ipc = NamespaceMode.NODE;
        fixture.hostname = "";
        fixture.pinned = Map.of();
        return fixture.container();
    }

    private static OciSpec securityOptions() {
        SpecFixture fixture = new SpecFixture();
        fixture.capabilities =
                new Capabilities(List.of("SYS_TIME", "CAP_SYS_PTRACE"), List.of("ALL"), List.of("net_bind_service"));
        fixture.user = new ContainerUser(1000, 2000, List.of(2000L, 3000L));
        fixture.readonlyRootfs = true;
        fixture.noNewPrivileges = true;
        fixture.maskedPaths = List.of("/proc/kcore", "/sys/firmware");
        fixture.readonlyPaths = List.of("/proc/sys");
        fixture.appArmorEnabled = true;
        fixture.appArmor = Optional.of(new SecurityProfile.Localhost("team-profile"));
        fixture.seccomp = Optional.of(new SecurityProfile.Localhost("/var/lib/kubelet/seccomp/one.json"));
        fixture.localhostSeccomp = Optional.of(new OciSeccomp(
                "SCMP_ACT_ALLOW",
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(new OciSeccomp.Syscall(
                        List.of("sethostname"), "SCMP_ACT_ERRNO", OptionalInt.of(1), List.of()))));
        fixture.pid = NamespaceMode.TARGET;
        fixture.pidNamespace = Optional.of(Path.of("/proc/4711/ns/pid"));
        fixture.devices.add(new SpecDevice(SpecFixture.device("/dev/fuse", 10, 229), "rw"));
        fixture.tty = true;
        fixture.command = List.of("/app");
        fixture.args = List.of("--serve");
        fixture.workingDir = "/srv";
        fixture.imageEnv = List.of("PATH=/opt/bin", "LEVEL=info");
        fixture.envs = List.of(new EnvVar("LEVEL", "debug"), new EnvVar("EMPTY", ""));
        fixture.mounts = new ArrayList<>(List.of(
                SpecFixture.mount("/data/cache", "/mnt/cache", true, true, MountPropagation.PRIVATE),
                SpecFixture.mount("/data", "/mnt/data", false, false, MountPropagation.HOST_TO_CONTAINER),
                SpecFixture.mount("/etc/hosts", "/var/lib/kubelet/pods/1/etc-hosts"),
                SpecFixture.mount("/dev/termination-log", "/var/lib/kubelet/pods/1/termination")));
        return fixture.container();
    }

    private static OciSpec runtimeDefaultSeccomp() {
        SpecFixture fixture = new SpecFixture();
        fixture.seccomp = Optional.of(new SecurityProfile.RuntimeDefault());
        return fixture.container();
    }

    private static LinuxResources limits(Map<String, String> unified) {
        return new LinuxResources(
                OptionalLong.of(100_000),
                OptionalLong.of(50_000),
                OptionalLong.of(512),
                Optional.of(Bytes.ofMebibytes(64)),
                OptionalLong.of(Bytes.ofMebibytes(96).value()),
                OptionalInt.of(-999),
                "0-1",
                "0",
                List.of(new HugepageLimit("2MB", Bytes.ofMebibytes(4))),
                unified);
    }

    private static OciSpec resourcesV1() {
        SpecFixture fixture = new SpecFixture();
        fixture.resources = limits(Map.of());
        fixture.lowestOomScoreAdj = -500;
        fixture.grantable = Set.of("CAP_CHOWN", "CAP_KILL");
        return fixture.container();
    }

    private static OciSpec resourcesV2() {
        SpecFixture fixture = new SpecFixture();
        fixture.cgroupV2 = true;
        fixture.resources = limits(Map.of("memory.high", "50000000", "memory.oom.group", "1"));
        return fixture.container();
    }

    private static OciSpec systemd() {
        SpecFixture fixture = new SpecFixture();
        fixture.driver = CgroupDriver.SYSTEMD;
        fixture.cgroupV2 = true;
        fixture.cgroup = Optional.of(
                new PodCgroupPath("/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1.slice", false));
        return fixture.container();
    }

    private static OciSpec userNamespace() {
        SpecFixture fixture = new SpecFixture();
        fixture.network = NamespaceMode.NODE;
        fixture.hostname = "";
        fixture.userNamespace = Optional.of(new UserNamespace(
                NamespaceMode.POD,
                List.of(new IdMapping(100_000, 0, 65_536)),
                List.of(new IdMapping(200_000, 0, 65_536))));
        fixture.pinned = Map.of(
                NamespaceType.IPC, Path.of("/run/carafe/ns/ipc"), NamespaceType.USER, Path.of("/run/carafe/ns/user"));
        return fixture.container();
    }

    private static OciSpec pause() {
        SpecFixture fixture = new SpecFixture();
        fixture.pid = NamespaceMode.POD;
        fixture.sysctls = Map.of("net.ipv4.ip_forward", "1", "kernel.shm_rmid_forced", "1");
        return fixture.pause();
    }

    private static OciSpec pauseOfVm() {
        SpecFixture fixture = new SpecFixture();
        fixture.pinned = Map.of(NamespaceType.NETWORK, Path.of("/run/carafe/ns/net"));
        fixture.sysctls = Map.of("net.ipv4.ip_forward", "1", "kernel.shm_rmid_forced", "1");
        fixture.sandboxUser = OptionalLong.of(65_535);
        fixture.sandboxGroup = OptionalLong.of(65_534);
        fixture.podResources = Optional.of(limits(Map.of()));
        return fixture.pause();
    }
}
