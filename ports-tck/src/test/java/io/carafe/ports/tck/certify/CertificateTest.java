package io.carafe.ports.tck.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.carafe.ports.runtime.RuntimeFeature;
import io.carafe.ports.tck.certify.Claim.Verdict;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final Claim PASSED = new Claim("Containers", "exit code is told", new Verdict.Passed());
    private static final Claim SKIPPED = new Claim("Streams", "client reads", new Verdict.Skipped("ATTACH: none"));
    private static final Claim FAILED =
            new Claim("Streams", "log is kept", new Verdict.Failed("expected: 1\n but was: 2"));

    @Test
    void groupsFeaturesAndFailuresAreNamedAndCountedAtTheEnd() {
        var certificate =
                new Certificate(List.of(PASSED, SKIPPED, FAILED), Map.of(RuntimeFeature.ATTACH, "no way to streams"));

        assertThat(certificate.passed()).isFalse();
        assertThat(certificate.text()).isEqualTo("""
                            passed  failed  skipped
                Containers       1       0        0
                Streams          0       1        1

                Missing features, in the handler's words:
                  ATTACH: no way to streams

                Claimed, not judged here: USER_NAMESPACES, IDMAP_MOUNTS, APPARMOR, SELINUX, PAUSE, CHECKPOINT

                FAILED streams: log is kept
                    expected: 1
                     but was: 2

                1 passed, 1 failed, 1 skipped""");
    }

    @Test
    void featuresThatAreClaimedAndNotJudgedAreNamed() {
        Map<RuntimeFeature, String> missing = new EnumMap<>(RuntimeFeature.class);
        EnumSet.complementOf(EnumSet.of(RuntimeFeature.ATTACH, RuntimeFeature.SELINUX, RuntimeFeature.APPARMOR))
                .forEach(feature -> missing.put(feature, "no way to it"));

        assertThat(new Certificate(List.of(PASSED), missing).text())
                .contains("\n\nClaimed, not judged here: APPARMOR, SELINUX\n\n1 passed");
        missing.put(RuntimeFeature.SELINUX, "no way to it");
        missing.put(RuntimeFeature.APPARMOR, "no way to it");
        assertThat(new Certificate(List.of(PASSED), missing).text()).doesNotContain("not judged");
    }

    @Test
    void somethingMustHavePassed() {
        assertThat(new Certificate(List.of(PASSED, SKIPPED), Map.of()).passed()).isTrue();
        assertThat(new Certificate(List.of(SKIPPED), Map.of()).passed()).isFalse();
        assertThat(new Certificate(List.of(), Map.of()).text())
                .contains("No feature is missing.")
                .endsWith("\n0 passed, 0 failed, 0 skipped");
    }
}
