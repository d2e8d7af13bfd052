package io.carafe.gvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.ports.runtime.RuntimeHandlerProvider;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GvisorProviderTest {
    @TempDir
    Path directory;

    private final GvisorProvider provider = new GvisorProvider();

    private String reason(Map<String, String> options) {
        return provider.availability(new Options(options)) instanceof Availability.Missing(String reason)
                ? reason
                : "available";
    }

    private Path program(String body) throws IOException {
        Path program = directory.resolve("runsc");
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(RuntimeHandlerProvider.class))
                .extracting(RuntimeHandlerProvider::name)
                .containsExactly("gvisor");
    }

    @Test
    void programThatIsNotThereIsNamed() {
        assertThat(reason(Map.of("path", "/nowhere/runsc"))).contains("/nowhere/runsc", "correct path");
    }

    @Test
    void programThatIsThereIsNamedWithItsVersion() throws IOException {
        Path runsc = program("echo 'runsc version release-20240729.0'; echo 'spec: 1.1.0-rc.1'");

        assertThat(provider.availability(
                        new Options(Map.of("path", runsc.toString(), "conmon_path", runsc.toString()))))
                .isEqualTo(new Availability.Available(
                        "runsc version release-20240729.0, runsc version release-20240729.0"));
    }

    @Test
    void missingMonitorIsNamed() throws IOException {
        assertThat(reason(Map.of("path", program("true").toString(), "conmon_path", "/no/conmon")))
                .contains("/no/conmon", "conmon_path");
    }

    @Test
    void anotherProgramIsNotTakenForRunsc() throws IOException {
        assertThat(reason(Map.of("path", program("echo 'runc version 1.1.5'").toString())))
                .contains("is not runsc", "runc version 1.1.5");
    }

    @Test
    void programThatFailsIsTold() throws IOException {
        assertThat(reason(
                        Map.of("path", program("echo no such flag >&2; exit 2").toString())))
                .contains("exit code 2", "no such flag");
    }

    @ParameterizedTest
    @CsvSource({"platform, xen", "network, none"})
    void wrongOptionIsNamed(String name, String value) {
        assertThatThrownBy(() -> reason(Map.of(name, value)))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("option " + name + " = '" + value + "'");
    }

    @Test
    void optionsHaveDefaults() {
        GvisorOptions options = GvisorOptions.from(Options.NONE);

        assertThat(options.path()).isEqualTo(Path.of("/usr/bin/runsc"));
        assertThat(options.root()).isEmpty();
        assertThat(options.platform()).isEqualTo(GvisorOptions.Platform.SYSTRAP);
        assertThat(options.network()).isEqualTo(GvisorOptions.Network.SANDBOX);
        assertThat(options.monitorInPodCgroup()).isTrue();
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(GvisorOptions.from(new Options(Map.of(
                        "path", "/opt/runsc",
                        "conmon_path", "/opt/conmon",
                        "root", "/run/x",
                        "platform", "kvm",
                        "network", "host",
                        "monitor_in_pod_cgroup", "false"))))
                .isEqualTo(new GvisorOptions(
                        Path.of("/opt/runsc"),
                        Optional.of(Path.of("/opt/conmon")),
                        Optional.of(Path.of("/run/x")),
                        GvisorOptions.Platform.KVM,
                        GvisorOptions.Network.HOST,
                        false));
    }
}
