/** Images for tests, made byte by byte: read {@link io.carafe.ports.tck.image.TestImage} first. */
@NullMarked
package io.carafe.ports.tck.image;

import org.jspecify.annotations.NullMarked;
