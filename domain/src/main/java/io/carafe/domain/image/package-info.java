/**
 * What an image is: references, digests, manifests and the configuration that a container inherits. Read {@link
 * io.carafe.domain.image.Image} first. Source: OCI image-spec v1.1, distribution reference grammar.
 */
@NullMarked
package io.carafe.domain.image;

import org.jspecify.annotations.NullMarked;
