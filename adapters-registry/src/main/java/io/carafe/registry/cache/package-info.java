/** Memory with a bound: {@link io.carafe.registry.cache.BoundedCache} is all there is. */
@NullMarked
package io.carafe.registry.cache;

import org.jspecify.annotations.NullMarked;
