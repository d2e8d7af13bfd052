package io.carafe.gvisor;

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
        assertThat(reason(Map.of("path", "/nowhere/runsc"))).contains("/nowhere/runsc", "option path");
    }

    @Test
    void programThatIsThereIsNamedWithItsVersionButRunsNoPods() throws IOException {
        Path runsc = program("echo 'runsc version release-20240729.0'; echo 'spec: 1.1.0-rc.1'");

        assertThat(reason(Map.of("path", runsc.toString())))
                .isEqualTo("this version of Carafe finds runsc release-20240729.0 at " + runsc
                        + ", but cannot run pods with it yet");
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
        assertThat(reason(Map.of(name, value))).contains("option " + name + " = '" + value + "'");
    }

    @Test
    void optionsHaveDefaults() {
        assertThat(GvisorOptions.from(Options.NONE))
                .isEqualTo(new GvisorOptions(
                        Path.of("/usr/bin/runsc"),
                        Optional.empty(),
                        GvisorOptions.Platform.SYSTRAP,
                        GvisorOptions.Network.SANDBOX));
        assertThat(GvisorOptions.from(new Options(Map.of("platform", "kvm", "network", "host", "root", "/run/x"))))
                .isEqualTo(new GvisorOptions(
                        Path.of("/usr/bin/runsc"),
                        Optional.of(Path.of("/run/x")),
                        GvisorOptions.Platform.KVM,
                        GvisorOptions.Network.HOST));
    }

    @Test
    void handlerIsRefusedNotPretended() {
        var context =
                new HandlerContext("runsc", TckContexts.in(directory, Map.of()), CgroupDriver.CGROUPFS, new NoExits());

        assertThatThrownBy(() -> provider.create(context))
                .isInstanceOf(Fault.Unsupported.class)
                .hasMessageContaining("handler runsc");
    }
}
