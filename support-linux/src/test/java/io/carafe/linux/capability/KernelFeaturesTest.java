package io.carafe.linux.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFeaturesTest {
    @TempDir
    Path proc;

    @Test
    void bootIsTheKernelsNameOfIt() throws IOException {
        Path file = proc.resolve("sys/kernel/random/boot_id");
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(file, "1f0c0e6e-7a7b-4d0f-8a57-0d6a4c5f3a11\n");

        assertThat(new KernelFeatures(proc, proc).boot()).isEqualTo("1f0c0e6e-7a7b-4d0f-8a57-0d6a4c5f3a11");
        assertThat(KernelFeatures.HOST.boot()).hasSize(36);
    }

    @Test
    void hostThatDoesNotSayWhichBootItIsIsRefused() {
        // a pod of no known boot would be taken for one of another
        assertThatThrownBy(new KernelFeatures(proc, proc)::boot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sys/kernel/random/boot_id");
    }
}
