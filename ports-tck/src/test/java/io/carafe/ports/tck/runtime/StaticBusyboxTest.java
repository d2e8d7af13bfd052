package io.carafe.ports.tck.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticBusyboxTest {
    @TempDir
    Path directory;

    @Test
    void programWithALoaderIsNotTaken() {
        assertThat(StaticBusybox.find(List.of(Path.of("/bin/sh").toAbsolutePath(), Path.of("/proc/self/exe"))))
                .isEmpty();
    }

    @Test
    void whatIsNoProgramIsNotTaken() throws Exception {
        Path script = Files.writeString(directory.resolve("busybox"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(StaticBusybox.find(List.of(directory.resolve("none"), script)))
                .isEmpty();
    }
}
