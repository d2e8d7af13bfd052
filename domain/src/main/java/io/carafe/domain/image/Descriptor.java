package io.carafe.domain.image;

import io.carafe.domain.resource.Bytes;

/** A reference to a blob. Source: image-spec descriptor.md. */
public record Descriptor(String mediaType, Digest digest, Bytes size) {}
