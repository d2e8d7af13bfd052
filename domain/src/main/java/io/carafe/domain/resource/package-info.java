/**
 * Quantities: sizes, limits and usage of CPU, memory, network and file systems. Read {@link
 * io.carafe.domain.resource.LinuxResources} first. What is unset on the wire is an empty {@code Optional} here, never zero.
 */
@NullMarked
package io.carafe.domain.resource;

import org.jspecify.annotations.NullMarked;
