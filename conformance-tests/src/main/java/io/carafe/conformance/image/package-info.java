/**
 * Test images, made here from a static busybox and pushed to a registry over the OCI distribution API, so that the suite
 * needs no image of anybody else. Read {@link io.carafe.conformance.image.TestImages} first; {@link
 * io.carafe.conformance.image.ImageBuilder} makes one image, {@link io.carafe.conformance.image.TestRegistry} pushes it.
 */
@NullMarked
package io.carafe.conformance.image;

import org.jspecify.annotations.NullMarked;
