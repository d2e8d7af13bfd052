/**
 * What registries answer, read: manifests, indexes, and which entry of an index fits a platform. Read {@link
 * io.carafe.registry.manifest.ManifestReader} first. Source: OCI image-spec v1.1, Docker image manifest v2 schema 2.
 */
@NullMarked
package io.carafe.registry.manifest;

import org.jspecify.annotations.NullMarked;
