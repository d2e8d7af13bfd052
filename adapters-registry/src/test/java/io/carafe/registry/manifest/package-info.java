/** Tests. */
@NullMarked
package io.carafe.registry.manifest;

import org.jspecify.annotations.NullMarked;
