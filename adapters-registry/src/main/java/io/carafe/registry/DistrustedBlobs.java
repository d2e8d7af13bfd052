package io.carafe.registry;

import io.carafe.domain.image.Digest;
import io.carafe.registry.cache.BoundedCache;
import io.carafe.registry.hosts.RegistryHost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Hosts that gave a blob with other content than its digest says. That is seen only at its end, when the bytes are already
 * with the reader: the next pull asks other hosts first. Concurrency: safe.
 */
final class DistrustedBlobs {
    private static final int LIMIT = 256;
    private static final Duration LIFE = Duration.ofMinutes(10);

    private record Place(URI root, Digest digest) {}

    private final BoundedCache<Place, Instant> seen = new BoundedCache<>(LIMIT);
    private final InstantSource clock;

    DistrustedBlobs(InstantSource clock) {
        this.clock = clock;
    }

    void add(RegistryHost host, Digest digest) {
        seen.put(new Place(host.root(), digest), clock.instant());
    }

    /** The hosts without those; all of them where none would be left. */
    List<RegistryHost> trusted(List<RegistryHost> hosts, Digest digest) {
        Instant oldest = clock.instant().minus(LIFE);
        List<RegistryHost> trusted = hosts.stream()
                .filter(host -> seen.get(new Place(host.root(), digest))
                        .filter(oldest::isBefore)
                        .isEmpty())
                .toList();
        return trusted.isEmpty() ? hosts : trusted;
    }
}
