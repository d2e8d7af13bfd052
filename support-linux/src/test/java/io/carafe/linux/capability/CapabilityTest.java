package io.carafe.linux.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityTest {
    @TempDir
    Path root;

    @Test
    void grantableCapabilitiesArePermittedOnesOfTheBoundingSet() {
        ProcessStatus status =
                ProcessStatus.parse("Name:\tjava\nCapPrm:\t000001fffeffffff\nCapBnd:\t0000000000000023\n");

        assertThat(status.grantableCapabilities()).containsExactly("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL");
    }

    @Test
    void bitWithoutANameIsLeftOut() {
        ProcessStatus status = ProcessStatus.parse("CapPrm:\tffffffffffffffff\nCapBnd:\tffffffffffffffff\n");

        assertThat(status.grantableCapabilities()).hasSize(41).contains("CAP_CHECKPOINT_RESTORE", "CAP_SYS_RESOURCE");
    }

    @Test
    void seccompIsKnownByItsLine() {
        assertThat(ProcessStatus.parse("Seccomp:\t0\n").hasSeccomp()).isTrue();
        assertThat(ProcessStatus.parse("Name:\tx\n").hasSeccomp()).isFalse();
        assertThat(ProcessStatus.own().grantableCapabilities())
                .isSubsetOf(ProcessStatus.parse("CapPrm:\tffffffffffffffff\nCapBnd:\tffffffffffffffff\n")
                        .grantableCapabilities());
        assertThat(ProcessStatus.ownOomScoreAdj()).isBetween(-1000, 1000);
    }

    @Test
    void securityModulesAreKnownByTheirFiles() throws IOException {
        KernelFeatures features = new KernelFeatures(root, root);
        assertThat(features.appArmorEnabled()).isFalse();
        assertThat(features.selinuxEnabled()).isFalse();
        assertThat(features.version()).isEmpty();

        write("module/apparmor/parameters/enabled", "Y\n");
        assertThat(features.appArmorEnabled()).isFalse();
        Files.createDirectories(root.resolve("kernel/security/apparmor"));
        write("fs/selinux/enforce", "0");
        write("sys/kernel/osrelease", "6.1.0-amd64\n");
        write("sys/kernel/hostname", "node\n");
        write("meminfo", "MemTotal:       24557772 kB\nMemFree:        12345678 kB\n");

        assertThat(features.appArmorEnabled()).isTrue();
        assertThat(features.selinuxEnabled()).isTrue();
        assertThat(features.version()).isEqualTo("6.1.0-amd64");
        assertThat(features.hostname()).isEqualTo("node");
        assertThat(features.memoryBytes()).isEqualTo(24557772L * 1024);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
