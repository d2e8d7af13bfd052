package io.carafe.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.carafe.cri.v1.ContainerConfig;
import io.carafe.cri.v1.CreateContainerRequest;
import io.carafe.cri.v1.ExecRequest;
import io.carafe.cri.v1.ExecSyncRequest;
import io.carafe.cri.v1.KeyValue;
import io.carafe.cri.v1.LinuxContainerResources;
import io.carafe.cri.v1.PodSandboxConfig;
import io.carafe.cri.v1.PortForwardRequest;
import io.carafe.cri.v1.PullImageRequest;
import io.carafe.cri.v1.RunPodSandboxRequest;
import io.carafe.cri.v1.StopContainerRequest;
import io.carafe.cri.v1.StopPodSandboxRequest;
import io.carafe.cri.v1.UpdateRuntimeConfigRequest;
import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.SecurityProfile;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRefusalTest {
    private static final HostSecurity BARE = new HostSecurity(false, false);
    private static final HostSecurity APPARMOR = new HostSecurity(true, false);
    private static final HostSecurity SELINUX = new HostSecurity(false, true);
    private static final Class<Fault.InvalidArgument> INVALID = Fault.InvalidArgument.class;
    private static final Class<Fault.Unsupported> UNSUPPORTED = Fault.Unsupported.class;

    static Stream<Arguments> containers() {
        return Stream.of(
                arguments(
                        BARE,
                        "mounts { container_path: '/a' host_path: '/b' } mounts { container_path: '/c' image {} }",
                        UNSUPPORTED,
                        "config.mounts[1].image: image volumes"),
                arguments(
                        BARE,
                        "mounts { container_path: '/a' image_sub_path: 'x' }",
                        UNSUPPORTED,
                        "config.mounts[0].image_sub_path"),
                arguments(BARE, "mounts { host_path: '/b' }", INVALID, "config.mounts[0].container_path: is empty"),
                arguments(BARE, "mounts { container_path: '/a' }", INVALID, "config.mounts[0].host_path: is empty"),
                arguments(
                        BARE,
                        "mounts { container_path: '/a' host_path: 'b' }",
                        INVALID,
                        "config.mounts[0].host_path: 'b'"),
                arguments(
                        BARE,
                        "mounts { container_path: '/a' host_path: '/b' recursive_read_only: true }",
                        INVALID,
                        "config.mounts[0].recursive_read_only: is set without readonly"),
                arguments(
                        BARE,
                        "mounts { container_path: '/a' host_path: '/b' recursive_read_only: true readonly: true propagation: PROPAGATION_BIDIRECTIONAL }",
                        INVALID,
                        "config.mounts[0].recursive_read_only"),
                arguments(
                        SELINUX,
                        "mounts { container_path: '/a' host_path: '/b' selinux_relabel: true }",
                        UNSUPPORTED,
                        "config.mounts[0].selinux_relabel"),
                arguments(
                        SELINUX,
                        "linux { security_context { selinux_options { level: 's0' } } }",
                        UNSUPPORTED,
                        "config.linux.security_context.selinux_options: this runtime does not label yet"),
                arguments(
                        BARE,
                        "linux { security_context { selinux_options { level: 's0' } } }",
                        UNSUPPORTED,
                        "SELinux is not enabled on this host"),
                arguments(
                        BARE,
                        "linux { security_context { apparmor { profile_type: Localhost localhost_ref: 'x' } } }",
                        UNSUPPORTED,
                        "config.linux.security_context.apparmor: AppArmor is not enabled on this host"),
                arguments(
                        BARE,
                        "linux { security_context { apparmor_profile: 'localhost/x' } }",
                        UNSUPPORTED,
                        "config.linux.security_context.apparmor_profile: AppArmor is not enabled"),
                arguments(
                        APPARMOR,
                        "linux { security_context { apparmor {} } }",
                        UNSUPPORTED,
                        "config.linux.security_context.apparmor: RuntimeDefault"),
                arguments(
                        BARE,
                        "linux { security_context { apparmor_profile: 'mine' } }",
                        INVALID,
                        "config.linux.security_context.apparmor_profile: 'mine' is none of"),
                arguments(
                        BARE,
                        "linux { security_context { seccomp_profile_path: 'localhost/relative' } }",
                        INVALID,
                        "config.linux.security_context.seccomp_profile_path: 'relative' is not an absolute path"),
                arguments(
                        BARE,
                        "linux { security_context { seccomp { profile_type: Localhost } } }",
                        INVALID,
                        "config.linux.security_context.seccomp.localhost_ref: is empty"),
                arguments(
                        BARE,
                        "linux { security_context { seccomp { profile_type: Localhost localhost_ref: 'p' } } }",
                        INVALID,
                        "config.linux.security_context.seccomp.localhost_ref: 'p' is not an absolute path"),
                arguments(
                        BARE,
                        "linux { security_context { seccomp { profile_type: Unconfined localhost_ref: '/p' } } }",
                        INVALID,
                        "config.linux.security_context.seccomp.localhost_ref: '/p' is set"),
                arguments(
                        BARE,
                        "linux { security_context { namespace_options { userns_options { mode: POD } } } }",
                        UNSUPPORTED,
                        "config.linux.security_context.namespace_options.userns_options.mode: POD"),
                arguments(
                        BARE,
                        "linux { security_context { namespace_options { userns_options { mode: CONTAINER } } } }",
                        INVALID,
                        "config.linux.security_context.namespace_options.userns_options.mode: CONTAINER"),
                arguments(
                        BARE,
                        "linux { security_context { namespace_options { network: CONTAINER } } }",
                        UNSUPPORTED,
                        "config.linux.security_context.namespace_options.network: CONTAINER"),
                arguments(
                        BARE,
                        "linux { security_context { namespace_options { ipc: TARGET } } }",
                        UNSUPPORTED,
                        "config.linux.security_context.namespace_options.ipc: TARGET"),
                arguments(
                        BARE,
                        "linux { security_context { namespace_options { pid: TARGET } } }",
                        INVALID,
                        "config.linux.security_context.namespace_options.target_id: is empty"),
                arguments(
                        BARE,
                        "linux { security_context { namespace_options { target_id: 'x' } } }",
                        INVALID,
                        "config.linux.security_context.namespace_options.target_id: is set"),
                arguments(BARE, "linux { security_context { run_as_group { value: 1 } } }", INVALID, "run_as_group 1"),
                arguments(
                        BARE,
                        "linux { resources { oom_score_adj: -1001 } }",
                        INVALID,
                        "config.linux.resources.oom_score_adj: -1001"),
                arguments(
                        BARE,
                        "linux { resources { cpu_shares: -1 } }",
                        INVALID,
                        "config.linux.resources.cpu_shares: -1 is negative"),
                arguments(
                        BARE,
                        "linux { resources { memory_limit_in_bytes: -1 } }",
                        INVALID,
                        "config.linux.resources.memory_limit_in_bytes: -1"),
                arguments(
                        BARE,
                        "linux { resources { hugepage_limits { limit: 1 } } }",
                        INVALID,
                        "config.linux.resources.hugepage_limits[0].page_size: is empty"),
                arguments(
                        BARE,
                        "linux { resources { hugepage_limits { page_size: '2MB' limit: 18446744073709551615 } } }",
                        INVALID,
                        "config.linux.resources.hugepage_limits[0].limit: 18446744073709551615"),
                arguments(
                        BARE,
                        "devices { container_path: '/a' host_path: '/b' permissions: 'x' }",
                        INVALID,
                        "config.devices[0].permissions: 'x'"),
                arguments(
                        BARE,
                        "devices { container_path: 'a' host_path: '/b' permissions: 'r' }",
                        INVALID,
                        "config.devices[0].container_path"),
                arguments(BARE, "envs { key: 'A=B' }", INVALID, "config.envs[0].key: 'A=B'"),
                arguments(BARE, "envs { value: 'x' }", INVALID, "config.envs[0].key: is empty"),
                arguments(
                        BARE,
                        "envs { key: 'A' value: 'x\\000y' }",
                        INVALID,
                        "config.envs[0].value: the value of A has a zero byte"),
                arguments(BARE, "log_path: '../x'", INVALID, "config.log_path: '../x'"),
                arguments(BARE, "log_path: '/x'", INVALID, "config.log_path: '/x'"),
                arguments(BARE, "CDI_devices { name: 'v/c=d' }", UNSUPPORTED, "config.CDI_devices: CDI"),
                arguments(
                        BARE,
                        "windows { resources { cpu_count: 1 } }",
                        UNSUPPORTED,
                        "config.windows: this is a runtime for Linux"));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void containerFieldIsRefusedWithItsPath(
            HostSecurity host, String text, Class<? extends Fault> kind, String message) {
        ContainerConfig config =
                RequestReader.parse(ContainerConfig.class, "metadata { name: 'c' } image { image: 'i' } " + text);
        CreateContainerRequest request = CreateContainerRequest.newBuilder()
                .setPodSandboxId("s")
                .setConfig(config)
                .build();
        assertThatThrownBy(() -> new ContainerFromProto(host).create(request))
                .isInstanceOf(kind)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> sandboxes() {
        return Stream.of(
                arguments(
                        "port_mappings { host_port: 70000 container_port: 1 }",
                        "config.port_mappings[0].host_port: 70000"),
                arguments("port_mappings { host_port: 80 }", "config.port_mappings[0].container_port: 0"),
                arguments(
                        "port_mappings { host_port: 80 container_port: 80 host_ip: 'h' }",
                        "config.port_mappings[0].host_ip: 'h'"),
                arguments("log_directory: 'x'", "config.log_directory: 'x' is not an absolute path"),
                arguments(
                        "linux { security_context { namespace_options { pid: TARGET } } }",
                        "config.linux.security_context.namespace_options.pid: TARGET"),
                arguments(
                        "linux { security_context { namespace_options { userns_options { mode: NODE uids { length: 1 } } } } }",
                        "config.linux.security_context.namespace_options.userns_options.uids: is set"),
                arguments("linux { security_context { run_as_group { value: 1 } } }", "run_as_group 1 is set without"));
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void sandboxFieldIsRefusedWithItsPath(String text, String message) {
        PodSandboxConfig config = RequestReader.parse(PodSandboxConfig.class, "metadata { name: 'p' } " + text);
        assertThatThrownBy(() -> new PodSandboxFromProto(BARE)
                        .run(RunPodSandboxRequest.newBuilder().setConfig(config).build()))
                .isInstanceOf(INVALID)
                .hasMessageContaining(message);
    }

    @Test
    void whatIdentifiesAnObjectIsRequired() {
        PodSandboxFromProto sandboxes = new PodSandboxFromProto(BARE);
        ContainerFromProto containers = new ContainerFromProto(BARE);
        assertThatThrownBy(() -> sandboxes.run(RunPodSandboxRequest.getDefaultInstance()))
                .isInstanceOf(INVALID)
                .hasMessageContaining("config.metadata: is missing");
        assertThatThrownBy(() -> sandboxes.stop(StopPodSandboxRequest.getDefaultInstance()))
                .hasMessageContaining("pod_sandbox_id: is empty");
        assertThatThrownBy(() -> containers.stop(StopContainerRequest.getDefaultInstance()))
                .hasMessageContaining("container_id: is empty");
        assertThatThrownBy(() -> containers.create(
                        CreateContainerRequest.newBuilder().setPodSandboxId("s").build()))
                .hasMessageContaining("config.metadata: is missing");
        assertThatThrownBy(() -> containers.execSync(
                        ExecSyncRequest.newBuilder().setContainerId("c").build()))
                .hasMessageContaining("cmd: is empty");
    }

    @Test
    void valueThatIsNotUtf8IsRefused() {
        ContainerConfig config =
                RequestReader.parse(ContainerConfig.class, "metadata { name: 'c' } image { image: 'i' }").toBuilder()
                        .addEnvs(KeyValue.newBuilder().setKey("A").setValue(ByteString.copyFrom(new byte[] {(byte) 0xff
                        })))
                        .build();
        assertThatThrownBy(() -> new ContainerConfigFromProto(BARE).config(config, Field.of("config")))
                .isInstanceOf(INVALID)
                .hasMessageContaining("config.envs[0].value: the value of A is not UTF-8");
    }

    @Test
    void newProfileFieldCountsWhereBothAreSet() {
        var security = security(
                "apparmor { profile_type: Localhost localhost_ref: 'localhost/new' } apparmor_profile: 'localhost/old'"
                        + " seccomp { profile_type: Unconfined } seccomp_profile_path: 'runtime/default'");
        assertThat(security.appArmor()).contains(new SecurityProfile.Localhost("new"));
        assertThat(security.seccomp()).contains(new SecurityProfile.Unconfined());
    }

    @Test
    void deprecatedProfileFormsAreTranslated() {
        assertThat(security("seccomp_profile_path: 'runtime/default'").seccomp())
                .contains(new SecurityProfile.RuntimeDefault());
        assertThat(security("seccomp_profile_path: 'unconfined'").seccomp()).contains(new SecurityProfile.Unconfined());
        assertThat(security("seccomp_profile_path: 'localhost//p.json'").seccomp())
                .contains(new SecurityProfile.Localhost("/p.json"));
        assertThat(security("seccomp_profile_path: ''").seccomp()).isEmpty();
        assertThat(security("apparmor_profile: 'runtime/default'").appArmor()).isEmpty();
        assertThat(security("apparmor_profile: 'unconfined'").appArmor()).contains(new SecurityProfile.Unconfined());
    }

    @Test
    void privilegedContainerIsNotConfinedByAppArmorWhateverIsAsked() {
        assertThat(security("privileged: true apparmor {}").appArmor()).isEmpty();
    }

    private static ContainerSecurity security(String text) {
        ContainerConfig config = RequestReader.parse(
                ContainerConfig.class,
                "metadata { name: 'c' } image { image: 'i' } linux { security_context { " + text + " } }");
        return new ContainerConfigFromProto(APPARMOR)
                .config(config, Field.of("config"))
                .security();
    }

    @Test
    void zeroMeansUnset() {
        var config = new ContainerConfigFromProto(BARE)
                .config(
                        RequestReader.parse(ContainerConfig.class, "metadata { name: 'c' } image { image: 'i' }"),
                        Field.of("config"));
        assertThat(config.resources()).isEqualTo(LinuxResources.UNLIMITED);
        assertThat(config.stopSignal()).isEmpty();
        assertThat(config.security().namespaces()).isEqualTo(NamespaceOptions.POD_DEFAULT);
    }

    @Test
    void minusOneIsUnlimitedForQuotaAndSwap() {
        var resources = ResourcesFromProto.resources(
                RequestReader.parse(LinuxContainerResources.class, "cpu_quota: -1 memory_swap_limit_in_bytes: -1"),
                Field.of("linux"));
        assertThat(resources.cpuQuota()).hasValue(-1);
        assertThat(resources.memorySwapLimit()).hasValue(-1);
    }

    @Test
    void mappingWithoutHostPortAsksForNothing() {
        assertThat(new PodSandboxConfigFromProto(BARE)
                        .config(
                                RequestReader.parse(
                                        PodSandboxConfig.class,
                                        "metadata { name: 'p' } dns_config {} port_mappings { container_port: 80 }"),
                                Field.of("config")))
                .satisfies(config -> assertThat(config.portMappings()).isEmpty())
                .satisfies(config -> assertThat(config.dns()).isEmpty());
    }

    @Test
    void timeoutsAreSecondsAndZeroRunsAnExecForever() {
        ContainerFromProto containers = new ContainerFromProto(BARE);
        ExecSyncRequest.Builder exec =
                ExecSyncRequest.newBuilder().setContainerId("c").addCmd("x");
        assertThat(containers.execSync(exec.build()).timeout()).isEmpty();
        assertThat(containers.execSync(exec.setTimeout(3).build()).timeout())
                .isEqualTo(Optional.of(Duration.ofSeconds(3)));
        StopContainerRequest.Builder stop = StopContainerRequest.newBuilder().setContainerId("c");
        assertThat(containers.stop(stop.build()).timeout()).isZero();
        assertThatThrownBy(() -> containers.stop(stop.setTimeout(-1).build()))
                .isInstanceOf(INVALID)
                .hasMessageContaining("timeout: -1 is negative");
    }

    @Test
    void timeoutThatNoClockCanHoldIsAsLongAsOneCan() {
        ContainerFromProto containers = new ContainerFromProto(BARE);
        assertThat(containers
                        .stop(StopContainerRequest.newBuilder()
                                .setContainerId("c")
                                .setTimeout(Long.MAX_VALUE)
                                .build())
                        .timeout())
                .isGreaterThan(Duration.ofDays(10_000))
                .satisfies(timeout -> assertThat(timeout.toNanos()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.244.1.0/24", "fd00:10:244:1::/64", "10.244.1.0/24,fd00:10:244:1::/64", "::/0"})
    void podCidrIsARangeOrOneOfEachFamily(String text) {
        assertThat(podCidr(text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "banana",
                "10.244.1.0",
                "10.244.1.0/33",
                "10.244.1/24",
                "10.244.1.0/24,",
                "10.0.0.0/8,10.1.0.0/16",
                "fd00::/129",
                "10.244.1.0/24 "
            })
    void podCidrThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> podCidr(text))
                .isInstanceOf(INVALID)
                .hasMessageStartingWith("runtime_config.network_config.pod_cidr: ");
    }

    private static Optional<String> podCidr(String text) {
        var request = UpdateRuntimeConfigRequest.newBuilder();
        request.getRuntimeConfigBuilder().getNetworkConfigBuilder().setPodCidr(text);
        return new RuntimeFromProto().podCidr(request.build());
    }

    @Test
    void packedCredentialsAreUnpacked() {
        var auth = pull("auth: 'dXNlcjpwYTpzcw=='").auth();
        assertThat(auth.username()).isEqualTo("user");
        assertThat(auth.password()).isEqualTo("pa:ss");
        assertThat(pull("auth: 'dXNlcjpwYTpzcw==' username: 'u' password: 'p'")
                        .auth()
                        .password())
                .isEqualTo("p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2VjcmV0", "secret!"})
    void badCredentialsAreRefusedWithoutShowingThem(String secret) {
        assertThatThrownBy(() -> pull("auth: '" + secret + "'"))
                .isInstanceOf(INVALID)
                .hasMessageStartingWith("auth.auth: is not base64")
                .hasMessageNotContaining("secret");
    }

    private static ImageFromProto.Pull pull(String auth) {
        return new ImageFromProto()
                .pull(RequestReader.parse(PullImageRequest.class, "image { image: 'i' } auth { " + auth + " }"));
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments("container_id: 'c' cmd: 'sh'", "stdin: none of stdin, stdout and stderr"),
                arguments("container_id: 'c' cmd: 'sh' stdout: true stderr: true tty: true", "stderr: is set with tty"),
                arguments("container_id: 'c' stdout: true", "cmd: is empty"),
                arguments("cmd: 'sh' stdout: true", "container_id: is empty"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsThatCannotBeAreRefused(String text, String message) {
        ContainerFromProto containers = new ContainerFromProto(BARE);
        assertThatThrownBy(() -> containers.exec(RequestReader.parse(ExecRequest.class, text)))
                .isInstanceOf(INVALID)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void portThatIsNoneIsRefused(int port) {
        PodSandboxFromProto sandboxes = new PodSandboxFromProto(BARE);
        assertThatThrownBy(() -> sandboxes.portForward(
                        RequestReader.parse(PortForwardRequest.class, "pod_sandbox_id: 's' port: 80 port: " + port)))
                .isInstanceOf(INVALID)
                .hasMessageContaining("port[1]: " + port);
    }
}
