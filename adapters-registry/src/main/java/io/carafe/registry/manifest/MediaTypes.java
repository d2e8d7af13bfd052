package io.carafe.registry.manifest;

import java.util.Locale;
import java.util.Set;

/** The media types of what registries answer. Source: image-spec media-types.md; Docker image manifest v2 schema 2. */
public final class MediaTypes {
    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);

    /** For the Accept header: what we read, and then anything, so that an error can say what the registry has. */
    public static final String ACCEPTED =
            String.join(", ", OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST, "*/*;q=0.1");

    private MediaTypes() {}

    static boolean isManifest(String mediaType) {
        return MANIFESTS.contains(bare(mediaType));
    }

    static boolean isIndex(String mediaType) {
        return INDEXES.contains(bare(mediaType));
    }

    static boolean isSchema1(String mediaType) {
        return bare(mediaType).startsWith("application/vnd.docker.distribution.manifest.v1+");
    }

    private static String bare(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
