package io.carafe.registry;

import io.carafe.domain.image.Digest;
import io.carafe.registry.hosts.RegistryHost;
import io.carafe.registry.http.HostFailure;
import io.carafe.registry.http.Request;
import io.carafe.registry.http.Responses;
import io.carafe.registry.manifest.Document;
import io.carafe.registry.manifest.ManifestReader;
import io.carafe.registry.manifest.MediaTypes;
import io.carafe.registry.manifest.UnreadableManifestException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/**
 * GET and HEAD /v2/NAME/manifests/REFERENCE: a document whose digest was verified. A document that was read before is asked
 * for by HEAD alone, which hubs do not count against their pull limits. Source: distribution-spec "Pulling manifests".
 */
final class ManifestPuller {
    /** The size that registries accept at least half of. Source: distribution-spec "Pushing Manifests" says 4 MiB. */
    private static final int LARGEST = 8 << 20;

    /** Larger ones are read anew each time rather than kept in memory. */
    private static final int LARGEST_KEPT = 128 << 10;

    private static final Map<String, String> HEADERS = Map.of("Accept", MediaTypes.ACCEPTED);

    private final RegistryCaller caller;
    private final ManifestReader reader = new ManifestReader();
    private final KnownManifests known = new KnownManifests();

    ManifestPuller(RegistryCaller caller) {
        this.caller = caller;
    }

    record Pulled(Digest digest, Document document) {}

    /** What {@code reference}, a tag or a digest, means to this host now. */
    Pulled pull(RegistryHost host, Pull pull, String reference) throws HostFailure, InterruptedException {
        String path = "manifests/" + reference;
        Optional<Digest> wanted = Digest.isDigest(reference) ? Optional.of(new Digest(reference)) : Optional.empty();
        Optional<Pulled> unchanged = unchanged(host, pull, path, wanted);
        if (unchanged.isPresent()) {
            return unchanged.get();
        }
        HttpResponse<InputStream> response = caller.call(host, pull, Request.Method.GET, path, HEADERS);
        byte[] bytes = Responses.body(response, LARGEST);
        Digest digest = verified(response, wanted, bytes);
        try {
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            Document document = reader.read(bytes, digest, contentType);
            if (bytes.length <= LARGEST_KEPT) {
                known.add(
                        new KnownManifests.Place(host.root(), pull.reference().repository(), reference),
                        digest,
                        document);
            }
            return new Pulled(digest, document);
        } catch (UnreadableManifestException e) {
            HostFailure.Kind kind = e.isUnsupported() ? HostFailure.Kind.UNSUPPORTED : HostFailure.Kind.CORRUPT;
            throw HostFailure.lasting(kind, "the manifest cannot be used: " + e.text());
        }
    }

    /** A part of an index that the host has just vouched for. */
    Pulled pullPart(RegistryHost host, Pull pull, Digest part) throws HostFailure, InterruptedException {
        Optional<Document> before = known.document(part);
        return before.isPresent() ? new Pulled(part, before.get()) : pull(host, pull, part.value());
    }

    private Optional<Pulled> unchanged(RegistryHost host, Pull pull, String path, Optional<Digest> wanted)
            throws HostFailure, InterruptedException {
        String reference = path.substring(path.indexOf('/') + 1);
        boolean seen = wanted.isPresent()
                ? known.document(wanted.get()).isPresent()
                : known.digest(new KnownManifests.Place(
                                host.root(), pull.reference().repository(), reference))
                        .isPresent();
        if (!seen) {
            return Optional.empty();
        }
        HttpResponse<InputStream> response;
        try {
            response = caller.call(host, pull, Request.Method.HEAD, path, HEADERS);
        } catch (HostFailure failure) {
            if (failure.kind() == HostFailure.Kind.REFUSED) {
                return Optional.empty(); // it has no HEAD
            }
            throw failure;
        }
        Responses.discard(response);
        return wanted.or(() -> announced(response))
                .flatMap(digest -> known.document(digest).map(document -> new Pulled(digest, document)));
    }

    private static Digest verified(HttpResponse<InputStream> response, Optional<Digest> wanted, byte[] bytes)
            throws HostFailure {
        Optional<Digest> promised = wanted.or(() -> announced(response));
        Digest found = Digesting.of(promised.map(Digest::algorithm).orElse("sha256"), bytes);
        if (promised.isPresent() && !promised.get().equals(found)) {
            throw HostFailure.lasting(
                    HostFailure.Kind.CORRUPT,
                    "the manifest's digest is " + found + " where " + promised.get() + " was promised");
        }
        return found;
    }

    private static Optional<Digest> announced(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Docker-Content-Digest")
                .filter(Digest::isDigest)
                .map(Digest::new);
    }
}
