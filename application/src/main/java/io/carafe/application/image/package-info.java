/** Images: one class per CRI verb. Read {@link io.carafe.application.image.PullImage} first. */
@NullMarked
package io.carafe.application.image;

import org.jspecify.annotations.NullMarked;
