package io.carafe.registry.manifest;

import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Manifest;
import io.carafe.domain.image.Platform;
import java.util.List;
import java.util.Optional;

/** What a manifest URL gives: the image of one platform, or a list of them. */
public sealed interface Document {
    record ImageManifest(Manifest manifest) implements Document {}

    record Index(List<Entry> entries) implements Document {
        public Index {
            entries = List.copyOf(entries);
        }
    }

    /** @param platform empty where the index does not say, as for a nested index */
    record Entry(Descriptor descriptor, Optional<Platform> platform) {
        /** Whether it may be an image or an index at all; signatures and other artifacts are not. */
        boolean isImage() {
            String type = descriptor.mediaType();
            return MediaTypes.isManifest(type) || MediaTypes.isIndex(type);
        }
    }
}
