package io.carafe.domain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferenceTest {
    private static final String HEX = "ab".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox:latest",
        "busybox:1.36, docker.io/library/busybox:1.36",
        "user/app, docker.io/user/app:latest",
        "docker.io/busybox, docker.io/library/busybox:latest",
        "index.docker.io/library/busybox, docker.io/library/busybox:latest",
        "registry.k8s.io/pause:3.9, registry.k8s.io/pause:3.9",
        "registry.k8s.io/e2e-test-images/busybox:1.29-2, registry.k8s.io/e2e-test-images/busybox:1.29-2",
        "localhost/app, localhost/app:latest",
        "localhost:5000/app:v1, localhost:5000/app:v1",
        "localhost:5000, docker.io/library/localhost:5000",
        "127.0.0.1:5000/a/b/c, 127.0.0.1:5000/a/b/c:latest",
        "[::1]:5000/app, [::1]:5000/app:latest",
        "HOST/app, HOST/app:latest",
        "a__b/c-d.e_f, docker.io/a__b/c-d.e_f:latest",
        "a---b, docker.io/library/a---b:latest",
        "app:V1_x.Y-z, docker.io/library/app:V1_x.Y-z"
    })
    void normalises(String text, String normal) {
        assertThat(ImageReference.parse(text)).hasToString(normal);
        assertThat(ImageReference.parse(normal)).hasToString(normal);
    }

    @Test
    void digestAloneLeavesTheTagEmpty() {
        ImageReference reference = ImageReference.parse("busybox@sha256:" + HEX);
        assertThat(reference.tag()).isEmpty();
        assertThat(reference.digest()).contains(Digest.sha256(HEX));
        assertThat(reference.manifestReference()).isEqualTo("sha256:" + HEX);
    }

    @Test
    void digestWinsOverTheTagAtTheRegistry() {
        ImageReference reference = ImageReference.parse("quay.io/a/b:v2@sha256:" + HEX);
        assertThat(reference.tag()).contains("v2");
        assertThat(reference.manifestReference()).isEqualTo("sha256:" + HEX);
        assertThat(reference).hasToString("quay.io/a/b:v2@sha256:" + HEX);
    }

    @Test
    void tagIsWhatTheRegistryIsAskedForElse() {
        ImageReference reference = ImageReference.parse("quay.io/a/b:v2");
        assertThat(reference.manifestReference()).isEqualTo("v2");
        assertThat(reference.name()).isEqualTo("quay.io/a/b");
        assertThat(reference.withDigest(Digest.sha256(HEX))).isEqualTo("quay.io/a/b@sha256:" + HEX);
    }

    static List<String> bad() {
        return List.of(
                "",
                " ",
                "Busybox",
                "busybox:",
                "busybox:bad tag",
                "busybox@sha256:abc",
                "busybox@md5:" + HEX,
                "busybox@",
                "/busybox",
                "a//b",
                "a/b/",
                "-a",
                "a..b/c d",
                "https://docker.io/a",
                "../etc/passwd",
                "quay.io/Upper",
                "quay.io/",
                "bad_host.x:5000/app",
                "busybox:" + "t".repeat(129),
                "quay.io/" + "a".repeat(256),
                "a/".repeat(3000) + "a",
                "sha256:" + HEX,
                "a\nb");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatIsNoReference(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(Fault.InvalidArgument.class);
    }
}
