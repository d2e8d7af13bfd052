package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.resource.LinuxResources;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.capability.KernelFeatures;
import io.carafe.ports.runtime.HandlerContext;
import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import io.carafe.ports.tck.TckContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShimProvidersTest {
    @TempDir
    Path directory;

    private static List<RuntimeHandlerProvider> providers() {
        return List.of(new KataProvider(), new ShimProvider());
    }

    private static String reason(RuntimeHandlerProvider provider, Map<String, String> options) {
        return provider.availability(new Options(options)) instanceof Availability.Missing(String reason)
                ? reason
                : "available";
    }

    private Path program(String body) throws IOException {
        Path program = directory.resolve("containerd-shim-x-v2");
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    @Test
    void areFoundByTheirNames() {
        assertThat(ServiceLoader.load(RuntimeHandlerProvider.class))
                .extracting(RuntimeHandlerProvider::name)
                .containsExactlyInAnyOrder("kata", "shim");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shimThatIsNotThereIsNamed(RuntimeHandlerProvider provider) {
        assertThat(reason(provider, Map.of("path", "/nowhere/shim"))).contains("/nowhere/shim", "option path");
    }

    @Test
    void shimThatIsThereIsAvailableInItsVersion() throws IOException {
        Path shim = program("echo 'x shim:'; echo '  Version: 3.2.0'");

        assertThat(new ShimProvider().availability(new Options(Map.of("path", shim.toString()))))
                .isEqualTo(new Availability.Available("x shim:, Version: 3.2.0"));
    }

    @Test
    void shimOfRuncNeedsRunc() throws IOException {
        Map<String, String> options =
                Map.of("path", program("echo 1").toString(), "profile", "runc", "runtime_path", "/nowhere/runc");

        assertThat(reason(new ShimProvider(), options)).contains("/nowhere/runc", "option runtime_path");
    }

    @Test
    void shimThatFailsIsTold() throws IOException {
        assertThat(reason(
                        new ShimProvider(),
                        Map.of("path", program("echo bad image; exit 3").toString())))
                .contains("exit code 3", "bad image");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void configurationThatCannotBeReadIsNamed(RuntimeHandlerProvider provider) {
        assertThat(reason(provider, Map.of("path", "/nowhere/shim", "config_path", "/nowhere/configuration.toml")))
                .contains("config_path /nowhere/configuration.toml cannot be read");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void handlerIsMadeWhenItsProgramIsGone(RuntimeHandlerProvider provider) {
        Map<String, String> options = Map.of("path", "/nowhere/shim");
        var context =
                new HandlerContext("vm", TckContexts.in(directory, options), CgroupDriver.CGROUPFS, new NoExits());

        assertThat(provider.create(context).missingFeatures().values()).allMatch(reason -> !reason.isBlank());
    }

    @Test
    void virtualMachineLacksWhatIsTheHosts() {
        ShimOptions options = ShimOptions.kata(Options.NONE);

        assertThat(new ShimFeatures(options, KernelFeatures.HOST).missing())
                .containsKeys(RuntimeFeature.HOST_NETWORK, RuntimeFeature.HOST_PID, RuntimeFeature.HOST_IPC)
                .doesNotContainKeys(RuntimeFeature.ATTACH, RuntimeFeature.EXEC_TTY, RuntimeFeature.PORT_FORWARD);
    }

    @Test
    void shimOfGvisorLacksWhatItsKernelDoes() {
        ShimOptions options = ShimOptions.any(new Options(Map.of("path", "/nowhere/containerd-shim-runsc-v1")));

        assertThat(new ShimFeatures(options, KernelFeatures.HOST).missing())
                .containsKeys(
                        RuntimeFeature.DEVICES,
                        RuntimeFeature.SYSCTLS,
                        RuntimeFeature.SECCOMP,
                        RuntimeFeature.CONTAINER_LIMITS,
                        RuntimeFeature.UPDATE)
                .doesNotContainKeys(RuntimeFeature.ATTACH, RuntimeFeature.POD_PID);
    }

    /** Its shim would take the call and change nothing that holds. */
    @Test
    void updateIsRefusedWhereOnlyThePodHasLimits() {
        Map<String, String> options = Map.of("path", "/nowhere/containerd-shim-runsc-v1");
        var context =
                new HandlerContext("gvisor", TckContexts.in(directory, options), CgroupDriver.CGROUPFS, new NoExits());
        var handler = new ShimProvider().create(context);
        var id = new ContainerId("c".repeat(64));

        assertThat(handler.missingFeatures()).containsKey(RuntimeFeature.UPDATE);
        assertThatThrownBy(() -> handler.containers().update(id, LinuxResources.UNLIMITED))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("update container " + id)
                .hasMessageContaining(handler.missingFeatures().get(RuntimeFeature.UPDATE));
    }

    @Test
    void shimMustBeNamed() {
        assertThatThrownBy(() -> new ShimProvider().availability(Options.NONE))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("needs the option path");
    }

    @Test
    void kataHasADefault() {
        assertThat(ShimOptions.kata(Options.NONE).path()).hasFileName("containerd-shim-kata-v2");
        ShimOptions options = ShimOptions.kata(new Options(Map.of("path", "/x", "config_path", "/y")));
        assertThat(options.path()).isEqualTo(Path.of("/x"));
        assertThat(options.configPath()).contains(Path.of("/y"));
        assertThat(options.profile()).isEqualTo(ShimProfile.KATA);
    }

    @Test
    void nameOfAShimTellsItsKind() {
        assertThat(ShimProfile.of(Path.of("/usr/bin/containerd-shim-runc-v2"))).isEqualTo(ShimProfile.RUNC);
        assertThat(ShimProfile.of(Path.of("/usr/bin/containerd-shim-runsc-v1"))).isEqualTo(ShimProfile.GVISOR);
        assertThat(ShimProfile.of(Path.of("/x/containerd-shim-kata-v2"))).isEqualTo(ShimProfile.KATA);
        assertThat(ShimProfile.of(Path.of("/x/containerd-shim-wasm-v1"))).isEqualTo(ShimProfile.OTHER);
        assertThatThrownBy(() -> ShimOptions.any(new Options(Map.of("path", "/x", "profile", "vm"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("'vm'");
    }

    @Test
    void annotationsArePassedOnWhereTheirNamesAreListed() {
        ShimOptions options = ShimOptions.any(
                new Options(Map.of("path", "/x", "annotations", "io.katacontainers.config.*:org.example")));

        assertThat(options.allows("io.katacontainers.config.hypervisor.default_vcpus"))
                .isTrue();
        assertThat(options.allows("org.example")).isTrue();
        assertThat(options.allows("org.example.more")).isFalse();
        assertThat(ShimOptions.kata(Options.NONE).allows("io.katacontainers.config.runtime"))
                .isFalse();
    }

    @Test
    void hostWithoutTheDevicesMissesEachForAReason() throws IOException {
        Path configuration = Files.writeString(directory.resolve("configuration.toml"), "# x\n[hypervisor.qemu]\n");
        assertThat(new KataHost(directory, List.of(configuration)).misses(Optional.empty()))
                .hasSize(4)
                .anyMatch(reason -> reason.contains("kvm is missing"))
                .anyMatch(reason -> reason.contains("vhost_vsock"));

        for (String device : List.of("kvm", "vhost-vsock", "vhost-net", "log")) {
            Files.createFile(directory.resolve(device));
        }
        assertThat(new KataHost(directory, List.of(configuration)).misses(Optional.empty()))
                .isEmpty();
    }

    @Test
    void hypervisorOfTheConfigurationDecidesWhatIsNeeded() throws IOException {
        Path light = Files.writeString(directory.resolve("clh.toml"), "[hypervisor.clh]\n");
        Path remote = Files.writeString(directory.resolve("remote.toml"), "[hypervisor.remote]\n");
        KataHost host = new KataHost(directory, List.of());

        assertThat(host.misses(Optional.of(light))).hasSize(2).anyMatch(reason -> reason.contains("kvm is missing"));
        assertThat(host.misses(Optional.of(remote))).hasSize(1).allMatch(reason -> reason.contains("system log"));
        assertThat(host.misses(Optional.empty())).anyMatch(reason -> reason.contains("set config_path"));
    }
}
