package io.carafe.registry;

import io.carafe.domain.fault.Fault;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.ImageReference;
import io.carafe.domain.image.Platform;
import io.carafe.ports.image.ImageRegistry;
import io.carafe.ports.image.RegistryAuth;
import io.carafe.ports.image.ResolvedImage;
import io.carafe.registry.hosts.Capability;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.hosts.RegistryHosts;
import io.carafe.registry.manifest.Document;
import io.carafe.registry.manifest.PlatformChoice;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Registries over HTTP. Keeps connections, tokens and lately read manifests; holds no resource that must be closed. */
final class DistributionRegistry implements ImageRegistry {
    /** An index may name indexes; deeper ones are nobody's intention. */
    private static final int DEEPEST = 3;

    private final RegistryHosts hosts;
    private final HostRounds rounds;
    private final ManifestPuller manifests;
    private final BlobPuller blobs;
    private final DistrustedBlobs distrusted;
    private final List<String> problems;

    /** @param problems of the environment, which make pulls fail */
    DistributionRegistry(
            RegistryHosts hosts,
            HostRounds rounds,
            ManifestPuller manifests,
            BlobPuller blobs,
            DistrustedBlobs distrusted,
            List<String> problems) {
        this.hosts = hosts;
        this.rounds = rounds;
        this.manifests = manifests;
        this.blobs = blobs;
        this.distrusted = distrusted;
        this.problems = List.copyOf(problems);
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public ResolvedImage resolve(ImageReference reference, RegistryAuth auth, Platform platform)
            throws InterruptedException {
        Pull pull = new Pull(reference, auth);
        String wanted = reference.manifestReference();
        Set<Capability> needed =
                Digest.isDigest(wanted) ? Set.of(Capability.PULL) : Set.of(Capability.PULL, Capability.RESOLVE);
        ManifestPuller.Pulled top = rounds.first(
                "pull manifest " + reference,
                pull,
                hostsThatCan(reference, needed),
                host -> manifests.pull(host, pull, wanted));
        PlatformChoice choice = PlatformChoice.forPlatform(platform);
        Document document = top.document();
        for (int depth = 0; document instanceof Document.Index index; depth++) {
            Digest part = part(reference, choice, index, depth);
            document = rounds.first(
                            "pull manifest " + reference.withDigest(part),
                            pull,
                            hostsThatCan(reference, Set.of(Capability.PULL)),
                            host -> manifests.pullPart(host, pull, part))
                    .document();
        }
        return switch (document) {
            case Document.ImageManifest(var manifest) -> new ResolvedImage(top.digest(), manifest);
            case Document.Index _ -> throw new IllegalStateException("the loop above ends with a manifest");
        };
    }

    private Digest part(ImageReference reference, PlatformChoice choice, Document.Index index, int depth) {
        if (depth == DEEPEST) {
            throw new Fault.Corrupt(
                    "pull manifest " + reference + ": its indexes lead to indexes, deeper than " + DEEPEST);
        }
        Optional<Document.Entry> entry = choice.in(index);
        return entry.orElseThrow(() -> new Fault.NotFound("pull manifest " + reference + " from "
                        + names(hosts.of(reference.registry())) + ": the image has no manifest for "
                        + PlatformChoice.text(choice.wanted()) + "; it has: " + PlatformChoice.listed(index)))
                .descriptor()
                .digest();
    }

    @Override
    public InputStream open(ImageReference reference, Descriptor blob, RegistryAuth auth) throws InterruptedException {
        Pull pull = new Pull(reference, auth);
        String action = "pull blob " + reference.withDigest(blob.digest());
        return new BlobStream(action, blob, new BlobStream.Source() {
            private final Set<RegistryHost> used = ConcurrentHashMap.newKeySet();

            @Override
            public InputStream openAt(long offset, int idle) throws InterruptedException {
                rounds.rest(idle);
                List<RegistryHost> able =
                        distrusted.trusted(hostsThatCan(reference, Set.of(Capability.PULL)), blob.digest());
                return rounds.first(action, pull, able, host -> {
                    InputStream body = blobs.pull(host, pull, blob, offset);
                    used.add(host);
                    return body;
                });
            }

            @Override
            public void distrust() {
                used.forEach(host -> distrusted.add(host, blob.digest()));
            }
        });
    }

    private List<RegistryHost> hostsThatCan(ImageReference reference, Set<Capability> needed) {
        List<RegistryHost> able = new ArrayList<>(hosts.of(reference.registry()));
        able.removeIf(host -> !host.capabilities().containsAll(needed));
        return able;
    }

    private static String names(List<RegistryHost> hosts) {
        return String.join(", ", hosts.stream().map(RegistryHost::toString).toList());
    }
}
