package io.carafe.domain.image;

import io.carafe.domain.resource.Bytes;
import java.time.Instant;
import java.util.List;

/**
 * An image on this node.
 *
 * @param repoTags normalised references with a tag ("docker.io/library/busybox:1"), each unique to one image
 * @param repoDigests normalised references with a manifest digest
 * @param size bytes of the compressed layers and the configuration
 */
public record Image(
        ImageId id, List<String> repoTags, List<String> repoDigests, Bytes size, ImageConfig config, Instant pulledAt) {
    public Image {
        repoTags = List.copyOf(repoTags);
        repoDigests = List.copyOf(repoDigests);
    }

    public Image withReferences(List<String> tags, List<String> digests) {
        return new Image(id, tags, digests, size, config, pulledAt);
    }
}
