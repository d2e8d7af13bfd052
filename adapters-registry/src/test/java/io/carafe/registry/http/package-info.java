/** Tests. */
@NullMarked
package io.carafe.registry.http;

import org.jspecify.annotations.NullMarked;
