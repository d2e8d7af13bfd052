package io.carafe.oci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RuntimeFeaturesTest {
    @Test
    void olderProgramsLackTheNewerFields() throws IOException {
        RuntimeFeatures features = RuntimeFeatures.parse("""
                {"ociVersionMin":"1.0.0","mountOptions":["ro","rro"],
                 "linux":{"seccomp":{"enabled":true},"apparmor":{"enabled":true},"selinux":{"enabled":false}}}""");

        assertThat(features.mountOptions()).containsExactlyInAnyOrder("ro", "rro");
        assertThat(features.seccomp()).isTrue();
        assertThat(features.appArmor()).isTrue();
        assertThat(features.selinux()).isFalse();
        assertThat(features.idMappedMounts()).isFalse();
    }

    @Test
    void idMappedMountsAreAnExtension() throws IOException {
        assertThat(RuntimeFeatures.parse("{\"linux\":{\"mountExtensions\":{\"idmap\":{\"enabled\":true}}}}")
                        .idMappedMounts())
                .isTrue();
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> RuntimeFeatures.parse("unknown command features"))
                .isInstanceOf(IOException.class);
    }
}
