package io.carafe.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodBandwidthTest {
    @ParameterizedTest
    @CsvSource({
        "10M, 10000000",
        "1.5k, 1500",
        "1Gi, 1073741824",
        "1e6, 1000000",
        "2E3, 2000",
        "0.1, 1",
        "100m, 1",
        "5P, 5000000000000000"
    })
    void quantitiesAreReadAsKubernetesWritesThem(String text, long value) {
        assertThat(Quantity.parse(text)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "10 M", "-1", "10Mb", "1.2.3", "0x10", "100E"})
    void whatIsNoQuantityIsEmpty(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void ratesAreInBitsPerSecondWithUnlimitedBurst() {
        var bandwidth = PodBandwidth.of(Map.of("kubernetes.io/ingress-bandwidth", "10M", "other", "x"));

        assertThat(bandwidth.orElseThrow().toJson().toString())
                .isEqualTo("{\"ingressRate\":10000000,\"ingressBurst\":4294967295}");
    }

    @Test
    void noAnnotationMeansNoLimit() {
        assertThat(PodBandwidth.of(Map.of("other", "10M"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "999", "2P"})
    void unreasonableRateIsRefusedWithTheAnnotationsName(String rate) {
        assertThatThrownBy(() -> PodBandwidth.of(Map.of("kubernetes.io/egress-bandwidth", rate)))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("kubernetes.io/egress-bandwidth = '" + rate + "'");
    }
}
