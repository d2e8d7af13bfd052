/** What the kubelet asks about the runtime as a whole. */
@NullMarked
package io.carafe.application.status;

import org.jspecify.annotations.NullMarked;
