/** Locks by key. Order: sandbox, then container, then image. */
@NullMarked
package io.carafe.application.lock;

import org.jspecify.annotations.NullMarked;
