package io.carafe.kata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.ports.runtime.HandlerContext;
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

    @ParameterizedTest
    @MethodSource("providers")
    void shimThatIsThereIsNamedWithItsVersionButRunsNoPods(RuntimeHandlerProvider provider) throws IOException {
        Path shim = program("echo 'x shim:'; echo '  Version: 3.2.0'");

        assertThat(reason(provider, Map.of("path", shim.toString())))
                .startsWith("this version of Carafe finds x shim:, Version: 3.2.0 at " + shim
                        + ", but cannot run pods with it yet");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shimThatFailsIsTold(RuntimeHandlerProvider provider) throws IOException {
        assertThat(reason(
                        provider,
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
    void handlerIsRefusedNotPretended(RuntimeHandlerProvider provider) {
        var context =
                new HandlerContext("vm", TckContexts.in(directory, Map.of()), CgroupDriver.CGROUPFS, new NoExits());

        assertThatThrownBy(() -> provider.create(context))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("handler vm");
    }

    @Test
    void shimMustBeNamed() {
        assertThat(reason(new ShimProvider(), Map.of())).contains("needs the option path");
    }

    @Test
    void kataHasADefault() {
        assertThat(ShimOptions.kata(Options.NONE).path()).hasFileName("containerd-shim-kata-v2");
        assertThat(ShimOptions.kata(new Options(Map.of("path", "/x", "config_path", "/y"))))
                .isEqualTo(new ShimOptions(Path.of("/x"), Optional.of(Path.of("/y"))));
    }

    @Test
    void hostWithoutTheDevicesMissesEachForAReason() throws IOException {
        assertThat(new KataHost(directory).misses())
                .hasSize(4)
                .anyMatch(reason -> reason.contains("kvm is missing"))
                .anyMatch(reason -> reason.contains("vhost_vsock"));

        for (String device : List.of("kvm", "vhost-vsock", "vhost-net", "log")) {
            Files.createFile(directory.resolve(device));
        }
        assertThat(new KataHost(directory).misses()).isEmpty();
    }
}
