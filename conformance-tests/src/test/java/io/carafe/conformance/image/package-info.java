/** Tests of the image builder. Read {@link io.carafe.conformance.image.ImageBuilderTest} first. */
@NullMarked
package io.carafe.conformance.image;

import org.jspecify.annotations.NullMarked;
