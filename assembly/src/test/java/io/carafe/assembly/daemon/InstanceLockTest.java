package io.carafe.assembly.daemon;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    @TempDir
    Path directory;

    @Test
    void secondDaemonIsRefusedWithThePidOfTheFirst() throws Exception {
        try (var _ = InstanceLock.take(directory)) {
            assertThatThrownBy(() -> InstanceLock.take(directory))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void lockCanBeTakenAgainAfterItsEnd() throws Exception {
        InstanceLock.take(directory).close();

        assertThatCode(() -> InstanceLock.take(directory).close()).doesNotThrowAnyException();
    }

    @Test
    void missingDirectoryIsNamed() {
        assertThatThrownBy(() -> InstanceLock.take(directory.resolve("none")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("none/carafed.lock");
    }
}
