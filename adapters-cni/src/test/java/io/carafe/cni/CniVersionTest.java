package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import org.junit.jupiter.api.Test;

class CniVersionTest {
    @Test
    void versionsAreComparedByNumber() {
        assertThat(CniVersion.parse("0.10.0")).isGreaterThan(CniVersion.parse("0.9.9"));
        assertThat(CniVersion.parse("1.0.0")).isGreaterThan(CniVersion.parse("0.4.0"));
    }

    @Test
    void statusAndGcCameWith110() {
        assertThat(CniVersion.parse("1.0.0").hasStatusAndGc()).isFalse();
        assertThat(CniVersion.parse("1.1.0").hasStatusAndGc()).isTrue();
    }

    @Test
    void whatIsNotAVersionIsRefused() {
        assertThatThrownBy(() -> CniVersion.parse("1.0"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("'1.0'");
    }
}
