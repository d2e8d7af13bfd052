package io.carafe.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.cli.outcome.CommandFault;
import io.carafe.cri.v1.NamespaceMode;
import io.carafe.cri.v1.SecurityProfile.ProfileType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunConfigsTest {
    @ParameterizedTest
    @CsvSource({
        "busybox, busybox-t",
        "docker.io/library/busybox:1.36, busybox-t",
        "127.0.0.1:5000/a/Some_Image@sha256:00, some-image-t",
        "localhost:5000/x, x-t"
    })
    void nameComesFromTheImage(String image, String name) {
        assertThat(RunConfigs.name(image, "t")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"web, web", "My_Pod, my-pod", "-x-, x", "., carafe"})
    void hostnameIsADnsLabel(String name, String hostname) {
        assertThat(RunConfigs.hostname(name)).isEqualTo(hostname);
        assertThat(RunConfigs.hostname("x".repeat(100))).hasSize(63);
    }

    @Test
    void wordsReplaceCmdNotEntrypointAndTheImageIsKnownByItsName() {
        var config =
                RunConfigs.container("web", "busybox:1", "sha256:00", new String[] {"A=b=c"}, List.of("echo", "x"));
        assertThat(config.getCommandList()).isEmpty();
        assertThat(config.getArgsList()).containsExactly("echo", "x");
        assertThat(config.getImage().getImage()).isEqualTo("sha256:00");
        assertThat(config.getImage().getUserSpecifiedImage()).isEqualTo("busybox:1");
        assertThat(config.getEnvs(0).getValue().toStringUtf8()).isEqualTo("b=c");
    }

    @Test
    void containerIsConfinedAsAKubeletWould() {
        var security = RunConfigs.container("web", "i", "i", new String[0], List.of())
                .getLinux()
                .getSecurityContext();
        assertThat(security.getSeccomp().getProfileType()).isEqualTo(ProfileType.RuntimeDefault);
        assertThat(security.hasSeccomp()).isTrue();
        assertThat(security.getMaskedPathsList()).contains("/proc/kcore");
        assertThat(security.getReadonlyPathsList()).contains("/proc/sys");
        assertThat(security.getNamespaceOptions().getPid()).isEqualTo(NamespaceMode.CONTAINER);
        assertThat(security.getPrivileged()).isFalse();
    }

    @Test
    void podIsMarkedSoThatItsLogCanGoWithIt() {
        var config = RunConfigs.pod("web", "uid", Path.of("/logs"));
        assertThat(config.getAnnotationsMap()).containsEntry(RunLogs.ANNOTATION, "/logs");
        assertThat(config.getLabelsMap())
                .containsEntry("io.kubernetes.pod.name", config.getMetadata().getName());
        assertThat(config.getLogDirectory()).isEqualTo("/logs");
        assertThat(config.getMetadata().getNamespace()).isEqualTo("default");
    }

    @Test
    void nameThatWouldLeaveTheLogFolderIsRefused() {
        for (String bad : List.of("../x", "a/b", "", "a b", ".hidden", "x".repeat(64))) {
            assertThatThrownBy(() -> RunConfigs.checked(bad))
                    .isInstanceOf(CommandFault.class)
                    .hasMessageContaining("--name");
        }
        assertThat(RunConfigs.checked("Web_1.a-b")).isEqualTo("Web_1.a-b");
    }

    @Test
    void variableWithoutANameIsRefused() {
        assertThatThrownBy(() -> RunConfigs.env("=x")).isInstanceOf(CommandFault.class);
        assertThat(RunConfigs.env("EMPTY=").getValue().isEmpty()).isTrue();
    }
}
