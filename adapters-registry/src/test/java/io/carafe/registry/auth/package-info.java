/** Tests. */
@NullMarked
package io.carafe.registry.auth;

import org.jspecify.annotations.NullMarked;
