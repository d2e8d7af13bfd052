package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.linux.mount.MountTable;
import io.carafe.ports.host.HostFacts.Propagation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxHostFactsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "'', PRIVATE",
        "'shared:7 ', SHARED",
        "'master:7 ', SLAVE",
        "'shared:9 master:7 ', SHARED_AND_SLAVE",
        "'unbindable ', UNBINDABLE"
    })
    void propagationIsReadFromTheTags(String tags, Propagation propagation) throws IOException {
        Path file =
                Files.writeString(directory.resolve("mountinfo"), "22 1 8:1 / / rw " + tags + "- ext4 /dev/sda1 rw\n");

        assertThat(LinuxHostFacts.propagation(
                        MountTable.read(file).at(Path.of("/")).orElseThrow()))
                .isEqualTo(propagation);
    }

    @Test
    void platformIsSpelledAsGoSpellsIt() {
        assertThat(LinuxHostFacts.platform("amd64").architecture()).isEqualTo("amd64");
        assertThat(LinuxHostFacts.platform("aarch64").architecture()).isEqualTo("arm64");
        assertThat(LinuxHostFacts.platform("aarch64").variant()).isEqualTo("v8");
        assertThat(LinuxHostFacts.platform("riscv64").architecture()).isEqualTo("riscv64");
    }
}
