package io.carafe.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.carafe.domain.container.Capabilities;
import io.carafe.domain.container.EnvVar;
import io.carafe.domain.container.MountPropagation;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.SecurityProfile;
import io.carafe.domain.spec.OciCapabilities;
import io.carafe.domain.spec.OciMount;
import io.carafe.domain.spec.OciNamespace;
import io.carafe.domain.spec.OciSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerSpecFactoryTest {
    private final SpecFixture fixture = new SpecFixture();

    static Stream<Arguments> commands() {
        List<String> none = List.of();
        List<String> entrypoint = List.of("entry", "-e");
        List<String> cmd = List.of("cmd");
        List<String> command = List.of("command");
        List<String> args = List.of("arg");
        return Stream.of(
                arguments(none, none, entrypoint, cmd, List.of("entry", "-e", "cmd")),
                arguments(none, args, entrypoint, cmd, List.of("entry", "-e", "arg")),
                arguments(none, args, none, cmd, List.of("arg")),
                arguments(command, none, entrypoint, cmd, List.of("command")),
                arguments(command, args, entrypoint, cmd, List.of("command", "arg")),
                arguments(none, none, entrypoint, none, List.of("entry", "-e")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandReplacesTheEntrypointAndArgsReplaceTheCmd(
            List<String> command, List<String> args, List<String> entrypoint, List<String> cmd, List<String> expected) {
        fixture.command = command;
        fixture.args = args;
        fixture.entrypoint = entrypoint;
        fixture.cmd = cmd;
        assertThat(fixture.container().process().args()).isEqualTo(expected);
    }

    @Test
    void nothingToRunIsRefusedWithTheImagesName() {
        fixture.cmd = List.of();
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("docker.io/library/nginx:1");
    }

    @Test
    void environmentOfTheContainerWinsOverTheImages() {
        fixture.tty = true;
        fixture.imageEnv = List.of("A=1", "B=x=y", "BARE");
        fixture.envs = List.of(new EnvVar("A", "2"), new EnvVar("TERM", "vt100"));
        assertThat(fixture.container().process().env())
                .containsExactly(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "TERM=vt100",
                        "HOSTNAME=web-0",
                        "A=2",
                        "B=x=y",
                        "BARE=");
    }

    @ParameterizedTest
    @CsvSource({"'', '', /", "'', /img, /img", "/cfg, /img, /cfg", "'', app, /app", "'', /a/../b/, /b"})
    void workingDirectoryIsAbsolute(String config, String image, String expected) {
        fixture.workingDir = config;
        fixture.imageWorkingDir = image;
        assertThat(fixture.container().process().cwd()).isEqualTo(expected);
    }

    static Stream<Arguments> capabilities() {
        Set<String> all = SpecFixture.allCapabilities();
        List<String> none = List.of();
        return Stream.of(
                arguments(none, none, SpecCapabilities.DEFAULT),
                arguments(List.of("ALL"), none, all),
                arguments(none, List.of("ALL"), Set.of()),
                arguments(List.of("SYS_TIME"), List.of("ALL"), Set.of("CAP_SYS_TIME")),
                arguments(List.of("CAP_SYS_TIME"), List.of("cap_all"), Set.of("CAP_SYS_TIME")),
                arguments(List.of("all"), List.of("KILL"), without(all, "CAP_KILL")),
                arguments(none, List.of("KILL"), without(SpecCapabilities.DEFAULT, "CAP_KILL")),
                // a real one that this host cannot grant
                arguments(List.of("SYS_RESOURCE"), none, SpecCapabilities.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void capabilitiesAreAddedAndDropped(List<String> add, List<String> drop, Set<String> expected) {
        fixture.capabilities = new Capabilities(add, drop, List.of());
        OciCapabilities made = fixture.container().process().capabilities().orElseThrow();
        assertThat(made.bounding()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(made.effective()).isEqualTo(made.bounding());
        assertThat(made.permitted()).isEqualTo(made.bounding());
        assertThat(made.inheritable()).isEmpty();
        assertThat(made.ambient()).isEmpty();
    }

    private static Set<String> without(Set<String> set, String name) {
        return Set.copyOf(set.stream().filter(element -> !element.equals(name)).toList());
    }

    @Test
    void ambientCapabilitiesAreInAllFiveSets() {
        fixture.capabilities = new Capabilities(List.of(), List.of("ALL"), List.of("NET_ADMIN", "SYS_BOOT"));
        List<String> one = List.of("CAP_NET_ADMIN");
        assertThat(fixture.container().process().capabilities()).contains(new OciCapabilities(one, one, one, one, one));
    }

    @Test
    void ambientCapabilityThatIsDroppedIsDroppedFromAllSets() {
        fixture.capabilities = new Capabilities(List.of(), List.of("KILL"), List.of("KILL"));
        OciCapabilities made = fixture.container().process().capabilities().orElseThrow();
        assertThat(made.ambient()).isEmpty();
        assertThat(made.permitted()).doesNotContain("CAP_KILL");
    }

    @Test
    void unknownCapabilityIsRefusedByName() {
        fixture.capabilities = new Capabilities(List.of("FLY"), List.of(), List.of());
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("'FLY'");
    }

    @Test
    void mountsOfTheUserReplaceDefaultOnesAndComeParentsFirst() {
        fixture.mounts = List.of(
                SpecFixture.mount("/a/b/c", "/3"),
                SpecFixture.mount("/etc/hosts", "/hosts"),
                SpecFixture.mount("a", "/1"),
                SpecFixture.mount("/dev/shm/", "/shm"));
        List<OciMount> mounts = fixture.container().mounts();
        assertThat(mounts)
                .extracting(OciMount::destination)
                .containsExactly(
                        "/proc",
                        "/dev",
                        "/dev/pts",
                        "/dev/mqueue",
                        "/sys",
                        "/sys/fs/cgroup",
                        "/a",
                        "/etc/hostname",
                        "/etc/resolv.conf",
                        "/etc/hosts",
                        "/dev/shm",
                        "/a/b/c");
        assertThat(mounts)
                .filteredOn(mount -> mount.destination().equals("/dev/shm"))
                .extracting(OciMount::source)
                .containsExactly("/shm");
    }

    @Test
    void devOfTheUserComesWithWhatItHasBelow() {
        fixture.mounts = List.of(SpecFixture.mount("/dev", "/dev"));
        assertThat(fixture.container().mounts())
                .extracting(OciMount::destination)
                .doesNotContain("/dev/pts", "/dev/mqueue")
                .containsOnlyOnce("/dev");
    }

    static Stream<Arguments> mountOptions() {
        return Stream.of(
                arguments(false, false, MountPropagation.PRIVATE, List.of("rbind", "rprivate", "rw"), ""),
                arguments(true, false, MountPropagation.HOST_TO_CONTAINER, List.of("rbind", "rslave", "ro"), "rslave"),
                arguments(false, false, MountPropagation.BIDIRECTIONAL, List.of("rbind", "rshared", "rw"), "rshared"),
                arguments(true, true, MountPropagation.PRIVATE, List.of("rbind", "rprivate", "rro"), ""));
    }

    @ParameterizedTest
    @MethodSource("mountOptions")
    void mountOptionsFollowTheMount(
            boolean readonly, boolean recursive, MountPropagation propagation, List<String> options, String root) {
        fixture.mounts = List.of(SpecFixture.mount("/vol", "/host", readonly, recursive, propagation));
        OciSpec spec = fixture.container();
        assertThat(spec.mounts()).contains(new OciMount("/vol", "bind", "/host", options));
        assertThat(spec.linux().rootfsPropagation()).isEqualTo(root);
    }

    @Test
    void recursiveReadOnlyNeedsReadonlyAndNoPropagation() {
        assertThatThrownBy(() -> SpecFixture.mount("/v", "/h", false, true, MountPropagation.PRIVATE))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("readonly=false");
        assertThatThrownBy(() -> SpecFixture.mount("/v", "/h", true, true, MountPropagation.HOST_TO_CONTAINER))
                .hasMessageContaining("HOST_TO_CONTAINER");
    }

    static Stream<Arguments> pidModes() {
        Optional<Path> pause = Optional.of(Path.of("/proc/7/ns/pid"));
        return Stream.of(
                arguments(NamespaceMode.CONTAINER, Optional.empty(), Optional.of(Optional.empty())),
                arguments(NamespaceMode.POD, pause, Optional.of(Optional.of("/proc/7/ns/pid"))),
                arguments(NamespaceMode.TARGET, pause, Optional.of(Optional.of("/proc/7/ns/pid"))),
                arguments(NamespaceMode.POD, Optional.empty(), Optional.of(Optional.empty())),
                arguments(NamespaceMode.NODE, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("pidModes")
    void pidNamespaceFollowsTheMode(NamespaceMode mode, Optional<Path> given, Optional<Optional<String>> expected) {
        fixture.pid = mode;
        fixture.pidNamespace = given;
        assertThat(fixture.container().linux().namespaces())
                .filteredOn(namespace -> namespace.type().equals("pid"))
                .extracting(OciNamespace::path)
                .isEqualTo(expected.stream().toList());
    }

    @Test
    void containerOfAPodInTheHostsNetworkIsThereToo() {
        fixture.podNetwork = Optional.of(NamespaceMode.NODE);
        OciSpec spec = fixture.container();
        assertThat(spec.linux().namespaces())
                .extracting(OciNamespace::type)
                .contains("ipc")
                .doesNotContain("network", "uts");
        assertThat(spec.hostname()).isEmpty();
    }

    @Test
    void ipcOfTheContainersOwnHasAnShmOfItsOwn() {
        fixture.ipc = NamespaceMode.CONTAINER;
        OciSpec spec = fixture.container();
        assertThat(spec.linux().namespaces()).contains(new OciNamespace("ipc", Optional.empty()));
        assertThat(spec.mounts())
                .filteredOn(mount -> mount.destination().equals("/dev/shm"))
                .extracting(OciMount::type)
                .containsExactly("tmpfs");
    }

    @Test
    void unifiedOnCgroupV1IsRefused() {
        LinuxResources none = LinuxResources.UNLIMITED;
        fixture.resources = new LinuxResources(
                none.cpuPeriod(),
                none.cpuQuota(),
                none.cpuShares(),
                none.memoryLimit(),
                none.memorySwapLimit(),
                none.oomScoreAdj(),
                "",
                "",
                List.of(),
                Map.of("memory.high", "1"));
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("memory.high");
    }

    @Test
    void oomScoreAdjIsAlwaysSetAndNeverBelowWhatTheHostAllows() {
        assertThat(fixture.container().process().oomScoreAdj()).isEqualTo(OptionalInt.of(0));
        fixture.lowestOomScoreAdj = 300;
        assertThat(fixture.container().process().oomScoreAdj()).isEqualTo(OptionalInt.of(300));
        fixture.lowestOomScoreAdj = -300;
        assertThat(fixture.pause().process().oomScoreAdj()).isEqualTo(OptionalInt.of(-300));
    }

    @Test
    void seccompOfTheNodeHasToBeReadBefore() {
        fixture.seccomp = Optional.of(new SecurityProfile.Localhost("/p.json"));
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("/p.json");
    }

    @Test
    void confinementThatTheHostLacksIsRefused() {
        fixture.seccompEnabled = false;
        assertThat(fixture.container().linux().seccomp()).isEmpty();
        fixture.seccomp = Optional.of(new SecurityProfile.RuntimeDefault());
        assertThatThrownBy(fixture::container).isInstanceOf(Fault.Unsupported.class);
        fixture.seccomp = Optional.empty();
        fixture.appArmor = Optional.of(new SecurityProfile.Localhost("mine"));
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("'mine'");
        fixture.appArmor = Optional.of(new SecurityProfile.RuntimeDefault());
        assertThat(fixture.container().process().apparmorProfile()).isEmpty();
        fixture.appArmorEnabled = true;
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("RuntimeDefault");
        fixture.privileged = true;
        assertThat(fixture.container().process().apparmorProfile()).isEmpty();
    }

    @Test
    void privilegedContainerNeedsAPrivilegedSandbox() {
        fixture.privileged = true;
        fixture.privilegedSandbox = false;
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining(SpecFixture.SANDBOX_ID);
    }

    @Test
    void podWithoutACgroupWasNeverStarted() {
        fixture.cgroup = Optional.empty();
        assertThatThrownBy(fixture::container)
                .isInstanceOf(Fault.WrongState.class)
                .hasMessageContaining(SpecFixture.SANDBOX_ID);
    }

    @Test
    void sandboxGroupWithoutUserIsRefused() {
        fixture.sandboxGroup = OptionalLong.of(5);
        assertThatThrownBy(fixture::pause)
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("run_as_group");
    }

    @Test
    void sandboxTakesAProfileOfTheNode() {
        fixture.seccomp = Optional.of(new SecurityProfile.Localhost("/p.json"));
        assertThatThrownBy(fixture::pause).isInstanceOf(Fault.InvalidArgument.class);
        var profile = DefaultSeccomp.profile(fixture.host(), Set.of());
        assertThat(SandboxSpecFactory.create(fixture.sandbox(), fixture.host(), profile)
                        .linux()
                        .seccomp())
                .contains(profile);
    }
}
