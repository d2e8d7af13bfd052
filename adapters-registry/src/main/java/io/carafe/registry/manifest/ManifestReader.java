package io.carafe.registry.manifest;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.carafe.domain.image.Descriptor;
import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Manifest;
import io.carafe.domain.image.Platform;
import io.carafe.domain.resource.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads manifests and indexes. Concurrency: safe. Source: image-spec manifest.md, image-index.md. */
public final class ManifestReader {
    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // two readings of one digest are an attack
            .build();

    /**
     * @param bytes verified to have {@code digest}
     * @param contentType what the registry called it; counts where the document itself does not say
     */
    public Document read(byte[] bytes, Digest digest, String contentType) throws UnreadableManifestException {
        JsonNode root = parse(bytes);
        String declared = root.path("mediaType").asText("");
        if (root.path("schemaVersion").asInt() == 1 || (declared.isEmpty() && MediaTypes.isSchema1(contentType))) {
            throw UnreadableManifestException.unsupported(
                    "it is in Docker's schema 1, which is not supported: push the image again with a current tool");
        }
        boolean hasEntries = root.path("manifests").isArray();
        boolean hasImage = root.has("config") || root.has("layers");
        if (hasEntries && hasImage) {
            // image-spec security advisory GHSA-77vh-xpmg-72qh: clients disagree on what such a document is
            throw UnreadableManifestException.malformed("it is both an index and a manifest");
        }
        String type = declared.isEmpty() ? contentType : declared;
        if (hasEntries && !MediaTypes.isManifest(type)) {
            return index(root);
        }
        if (hasImage && !MediaTypes.isIndex(type)) {
            return new Document.ImageManifest(manifest(root, digest));
        }
        throw UnreadableManifestException.malformed("it says that it is '" + shortened(type) + "' but has "
                + (hasEntries ? "a list of manifests" : hasImage ? "layers" : "neither manifests nor layers"));
    }

    private JsonNode parse(byte[] bytes) throws UnreadableManifestException {
        JsonNode root;
        try {
            root = json.readTree(bytes);
        } catch (IOException e) {
            throw UnreadableManifestException.malformed("it is not JSON");
        }
        if (!root.isObject()) {
            throw UnreadableManifestException.malformed("it is not a JSON object");
        }
        return root;
    }

    private static Manifest manifest(JsonNode root, Digest digest) throws UnreadableManifestException {
        List<Descriptor> layers = new ArrayList<>();
        for (JsonNode layer : root.path("layers")) {
            layers.add(descriptor(layer, "layers[" + layers.size() + "]"));
        }
        return new Manifest(digest, descriptor(root.path("config"), "config"), layers);
    }

    private static Document.Index index(JsonNode root) throws UnreadableManifestException {
        List<Document.Entry> entries = new ArrayList<>();
        for (JsonNode entry : root.path("manifests")) {
            entries.add(new Document.Entry(
                    descriptor(entry, "manifests[" + entries.size() + "]"), platform(entry.path("platform"))));
        }
        return new Document.Index(entries);
    }

    private static Descriptor descriptor(JsonNode node, String field) throws UnreadableManifestException {
        String digest = node.path("digest").asText("");
        if (!Digest.isDigest(digest)) {
            throw UnreadableManifestException.malformed(field + ".digest is not a sha256 or sha512 digest");
        }
        JsonNode size = node.path("size");
        if (!size.canConvertToLong() || size.asLong() < 0) {
            throw UnreadableManifestException.malformed(field + ".size is not a number of bytes");
        }
        return new Descriptor(node.path("mediaType").asText(""), new Digest(digest), new Bytes(size.asLong()));
    }

    private static Optional<Platform> platform(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Platform(
                        node.path("os").asText(""),
                        node.path("architecture").asText(""),
                        node.path("variant").asText("")))
                : Optional.empty();
    }

    private static String shortened(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ");
        return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
    }
}
