package io.carafe.domain.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void refusesNegativeSizes() {
        assertThatThrownBy(() -> new Bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void differenceNeverGoesBelowZero() {
        assertThat(new Bytes(3).minus(new Bytes(5))).isEqualTo(Bytes.ZERO);
        assertThat(new Bytes(5).minus(new Bytes(3))).isEqualTo(new Bytes(2));
    }

    @Test
    void overflowIsAnErrorAndNoWrapAround() {
        assertThatThrownBy(() -> new Bytes(Long.MAX_VALUE).plus(new Bytes(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Bytes.ofMebibytes(1L << 50)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void mebibytesAreBinary() {
        assertThat(Bytes.ofMebibytes(2)).isEqualTo(new Bytes(2_097_152)).isGreaterThan(Bytes.ZERO);
    }
}
