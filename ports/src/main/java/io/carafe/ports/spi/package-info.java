/**
 * How an adapter is found and made: a provider with a no-argument constructor, found by ServiceLoader, answers whether it can
 * work here and makes its port from a context. Read {@link io.carafe.ports.spi.BackendContext} first.
 */
@NullMarked
package io.carafe.ports.spi;

import org.jspecify.annotations.NullMarked;
