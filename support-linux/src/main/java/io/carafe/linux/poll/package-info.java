/**
 * Waiting for descriptors that the JDK knows nothing of, without holding a carrier thread. Read {@link
 * io.carafe.linux.poll.Readiness} first.
 */
@NullMarked
package io.carafe.linux.poll;

import org.jspecify.annotations.NullMarked;
