package io.carafe.adapters.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.linux.libc.Errno;
import io.carafe.linux.libc.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFaultTest {
    @ParameterizedTest
    @CsvSource({
        "ENOSPC, Exhausted",
        "EMFILE, Exhausted",
        "ENOMEM, Exhausted",
        "EPERM, Unavailable",
        "EROFS, WrongState",
        "EBUSY, WrongState",
        "EIO, Unavailable"
    })
    void errorOfTheKernelTellsWhetherARetryMakesSense(Errno errno, String kind) {
        Fault fault = HostFault.of("do this to that", new LinuxException("mount", errno, "/x"));

        assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(fault)
                .hasMessageStartingWith("do this to that: mount(/x): " + errno)
                .hasCauseInstanceOf(LinuxException.class);
    }

    @Test
    void failingWorkBecomesAFaultWithItsCause() {
        IOException full = new IOException("/x: No space left on device");
        assertThatThrownBy(() -> HostFault.doing("a", () -> {
                    throw full;
                }))
                .isInstanceOf(Fault.Exhausted.class)
                .hasCause(full);
        assertThatThrownBy(() -> HostFault.doing("a", () -> {
                    throw new UncheckedIOException(new IOException("gone"));
                }))
                .isInstanceOf(Fault.Unavailable.class)
                .hasMessageContaining("gone");
    }
}
