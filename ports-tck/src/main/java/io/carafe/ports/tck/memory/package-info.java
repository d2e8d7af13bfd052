/**
 * Ports that live in memory: real code, held to the same kits as the adapters, for tests of what stands on ports. Read {@link
 * io.carafe.ports.tck.memory.MemoryImageRegistry} as an example.
 */
@NullMarked
package io.carafe.ports.tck.memory;

import org.jspecify.annotations.NullMarked;
