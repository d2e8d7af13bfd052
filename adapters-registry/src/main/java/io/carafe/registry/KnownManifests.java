package io.carafe.registry;

import io.carafe.domain.image.Digest;
import io.carafe.registry.cache.BoundedCache;
import io.carafe.registry.manifest.Document;
import java.net.URI;
import java.util.Optional;

/** Documents that were read lately, and what led to them. Concurrency: safe. */
final class KnownManifests {
    private static final int LIMIT = 64;

    /** @param reference a tag or a digest */
    record Place(URI root, String repository, String reference) {}

    private final BoundedCache<Place, Digest> digests = new BoundedCache<>(LIMIT);
    private final BoundedCache<Digest, Document> documents = new BoundedCache<>(LIMIT);

    Optional<Digest> digest(Place place) {
        return digests.get(place);
    }

    Optional<Document> document(Digest digest) {
        return documents.get(digest);
    }

    void add(Place place, Digest digest, Document document) {
        digests.put(place, digest);
        documents.put(digest, document);
    }
}
