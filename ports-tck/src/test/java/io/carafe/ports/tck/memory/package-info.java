/** The kits, run by the ports in memory. */
@NullMarked
package io.carafe.ports.tck.memory;

import org.jspecify.annotations.NullMarked;
