/** Containers: one class per CRI verb. Read {@link io.carafe.application.container.CreateContainer} first. */
@NullMarked
package io.carafe.application.container;

import org.jspecify.annotations.NullMarked;
