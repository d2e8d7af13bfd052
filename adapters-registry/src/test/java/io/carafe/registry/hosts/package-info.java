/** Tests. */
@NullMarked
package io.carafe.registry.hosts;

import org.jspecify.annotations.NullMarked;
