package io.carafe.runc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.sandbox.CgroupDriver;
import io.carafe.linux.capability.KernelVersion;
import io.carafe.ports.spi.Availability;
import io.carafe.ports.spi.Options;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuncOptionsTest {
    @Test
    void everyOptionIsTaken() {
        RuncOptions options = RuncOptions.of(new Options(Map.of(
                "path", "/opt/runc",
                "conmon_path", "/opt/conmon",
                "root", "/run/x",
                "monitor_in_pod_cgroup", "false",
                "no_pivot", "true")));

        assertThat(options.programOrDefault()).isEqualTo(Path.of("/opt/runc"));
        assertThat(options.conmonOrDefault()).isEqualTo(Path.of("/opt/conmon"));
        assertThat(options.root()).hasValue(Path.of("/run/x"));
        assertThat(options.monitorInPodCgroup()).isFalse();
        assertThat(options.noPivot()).isTrue();
    }

    @Test
    void defaultsAreThoseOfAnInstalledNode() {
        RuncOptions options = RuncOptions.of(Options.NONE);

        assertThat(options.root()).isEmpty();
        assertThat(options.monitorInPodCgroup()).isTrue();
        assertThat(options.noPivot()).isFalse();
    }

    @Test
    void placeOfTheMonitorThatSystemdsDriverCannotGiveIsSaid() {
        Options asked = new Options(Map.of("monitor_in_pod_cgroup", "true"));

        assertThat(RuncOptions.unhonoured(asked, CgroupDriver.SYSTEMD))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("monitor_in_pod_cgroup"));
        assertThat(RuncOptions.unhonoured(asked, CgroupDriver.CGROUPFS)).isEmpty();
        assertThat(RuncOptions.unhonoured(Options.NONE, CgroupDriver.SYSTEMD)).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> RuncOptions.of(new Options(Map.of("no_pivot", "perhaps"))))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("no_pivot");
    }

    @Test
    void missingMonitorIsNamedWithWhereItWasLookedFor() {
        Availability availability =
                new RuncProvider().availability(new Options(Map.of("path", "/bin/sh", "conmon_path", "/no/conmon")));

        assertThat(availability)
                .isInstanceOfSatisfying(
                        Availability.Missing.class,
                        missing -> assertThat(missing.reason())
                                .contains("/no/conmon")
                                .contains("conmon_path"));
    }

    @Test
    void kernelReleasesAreCompared() {
        assertThat(KernelVersion.parse("5.12.0").isAtLeast(5, 12)).isTrue();
        assertThat(KernelVersion.parse("6.1.0-25-amd64").isAtLeast(5, 12)).isTrue();
        assertThat(KernelVersion.parse("5.10.0-30-amd64").isAtLeast(5, 12)).isFalse();
        assertThat(KernelVersion.parse("?").isAtLeast(5, 12)).isFalse();
    }
}
