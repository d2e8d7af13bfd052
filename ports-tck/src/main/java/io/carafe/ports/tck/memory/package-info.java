/**
 * Ports that are real code but touch nothing outside a directory: for tests of the application, and the proof that the kits ask for no
 * more than the contracts say.
 *
 * <p>Each passes its port's kit. Read {@link io.carafe.ports.tck.memory.MemoryHost} first.
 */
@NullMarked
package io.carafe.ports.tck.memory;

import org.jspecify.annotations.NullMarked;
