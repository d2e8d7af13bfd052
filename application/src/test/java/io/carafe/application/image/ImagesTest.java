package io.carafe.application.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Image;
import io.carafe.domain.image.ImageConfig;
import io.carafe.domain.image.ImageId;
import io.carafe.domain.resource.Bytes;
import io.carafe.ports.tck.memory.MemoryRecordStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
    private static final String DIGEST = "sha256:" + "d1".repeat(32);

    private final MemoryRecordStore store = new MemoryRecordStore();
    private final Images images = new Images(store);
    private final Image one =
            image("1a", List.of("docker.io/library/busybox:1"), List.of("docker.io/library/busybox@" + DIGEST));
    private final Image other = image("1b", List.of("docker.io/library/alpine:3"), List.of());

    @BeforeEach
    void add() {
        images.add(one);
        images.add(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox:1",
                "docker.io/library/busybox:1",
                "busybox@" + "sha256:d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1",
                "sha256:1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a",
                "1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a",
                "1a1a1a"
            })
    void isFoundBy(String text) {
        assertThat(images.find(text)).contains(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busybox:2", "busybox", "2b2b2b", "registry.test/busybox:1"})
    void isNotFoundBy(String text) {
        assertThat(images.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lib/UPPER", "a b"})
    void whatIsNoReferenceIsRefused(String text) {
        assertThatThrownBy(() -> images.find(text)).isInstanceOf(Fault.InvalidArgument.class);
    }

    @Test
    void beginningOfTwoIdsIsRefused() {
        images.add(image("1a1a1aff", List.of(), List.of()));

        assertThatThrownBy(() -> images.find("1a1a1a"))
                .isInstanceOf(Fault.InvalidArgument.class)
                .hasMessageContaining("2 ids");
    }

    @Test
    void tagBelongsToOneImage() {
        images.add(other.withReferences(List.of("docker.io/library/busybox:1"), List.of()));

        assertThat(images.byId(one.id()).orElseThrow().repoTags()).isEmpty();
        assertThat(images.find("busybox:1").orElseThrow().id()).isEqualTo(other.id());
    }

    @Test
    void namesAreCollectedWithoutRepetition() {
        images.add(one.withReferences(
                List.of("docker.io/library/busybox:1", "docker.io/library/busybox:1.36"), List.of()));

        assertThat(images.byId(one.id()).orElseThrow().repoTags())
                .containsExactly("docker.io/library/busybox:1", "docker.io/library/busybox:1.36");
        assertThat(images.byId(one.id()).orElseThrow().repoDigests()).hasSize(1);
    }

    @Test
    void whatWasAddedIsLoadedAndWhatWasRemovedIsNot() {
        images.remove(other.id());
        var next = new Images(store);
        next.load();

        assertThat(next.all()).containsExactly(one);
    }

    private static Image image(String hex, List<String> tags, List<String> digests) {
        String digits = hex.repeat(64 / hex.length());
        return new Image(
                new ImageId(Digest.sha256(digits)),
                tags,
                digests,
                new Bytes(1),
                new ImageConfig(
                        "", List.of(), List.of(), List.of(), "", Optional.empty(), List.of(), Map.of(), List.of()),
                Instant.EPOCH);
    }
}
