package io.carafe.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.container.ContainerId;
import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.sandbox.PodSandboxMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void idsAreSixtyFourHexDigitsAndPrintAsThese() {
        assertThat(new ContainerId(HEX)).hasToString(HEX);
        assertThat(new PodSandboxId(HEX)).hasToString(HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "../../etc", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
    void otherTextIsNoId(String text) {
        assertThatThrownBy(() -> new ContainerId(text))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("container id '" + text + "'");
        assertThatThrownBy(() -> new PodSandboxId(text))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("pod sandbox id '" + text + "'");
    }

    @Test
    void operationKeyHasAllThatMakesASandboxUnique() {
        assertThat(new PodSandboxMetadata("web", "uid1", "default", 2).key()).isEqualTo("default/web/uid1/2");
    }

    @Test
    void digestTellsAlgorithmAndHex() {
        Digest digest = Digest.sha256(HEX);
        assertThat(digest).hasToString("sha256:" + HEX);
        assertThat(digest.algorithm()).isEqualTo("sha256");
        assertThat(digest.hex()).isEqualTo(HEX);
        assertThat(new Digest("sha512:" + HEX + HEX).algorithm()).isEqualTo("sha512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "sha256:abc", "md5:0123", "sha256:../../x"})
    void otherTextIsNoDigest(String text) {
        assertThat(Digest.isDigest(text)).isFalse();
        assertThatThrownBy(() -> new Digest(text)).isInstanceOf(Fault.InvalidArgument.class);
    }
}
