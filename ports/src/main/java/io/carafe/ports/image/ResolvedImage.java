package io.carafe.ports.image;

import io.carafe.domain.image.Digest;
import io.carafe.domain.image.Manifest;

/**
 * What a reference led to.
 *
 * @param topDigest of what the tag names: an index where there is one, else the manifest; goes into repoDigests
 */
public record ResolvedImage(Digest topDigest, Manifest manifest) {}
