package io.carafe.conformance.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** A manifest (or an index) with everything below it: what a push has to upload, children first. */
record BuiltImage(Blob manifest, Blob config, List<Blob> blobs, List<Blob> manifests) {
    /** The digest that pins this image: that of its manifest or index. */
    String digest() {
        return manifest.digest();
    }

    /** An index that offers this image for a platform. */
    static BuiltImage index(String architecture, BuiltImage own, String otherArchitecture, BuiltImage other) {
        var entries = List.of(entry(architecture, own), entry(otherArchitecture, other));
        var index = new Blob(
                "application/vnd.oci.image.index.v1+json",
                Json.object(
                                "schemaVersion",
                                2,
                                "mediaType",
                                "application/vnd.oci.image.index.v1+json",
                                "manifests",
                                entries)
                        .getBytes(UTF_8));
        var blobs = new ArrayList<>(own.blobs());
        blobs.addAll(other.blobs());
        return new BuiltImage(index, own.config(), blobs, List.of(own.manifest(), other.manifest()));
    }

    private static Json.Raw entry(String architecture, BuiltImage image) {
        var manifest = image.manifest();
        return new Json.Raw(Json.object(
                "mediaType",
                manifest.mediaType(),
                "digest",
                manifest.digest(),
                "size",
                manifest.bytes().length,
                "platform",
                new Json.Raw(Json.object("architecture", architecture, "os", "linux"))));
    }
}
