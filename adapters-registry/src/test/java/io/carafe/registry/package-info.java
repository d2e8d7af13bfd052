/** Tests. */
@NullMarked
package io.carafe.registry;

import org.jspecify.annotations.NullMarked;
