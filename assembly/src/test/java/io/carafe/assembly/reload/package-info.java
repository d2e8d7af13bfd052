/** Readings of the configuration and what becomes of them; {@code node.ReloadIT} has the whole daemon. */
@NullMarked
package io.carafe.assembly.reload;

import org.jspecify.annotations.NullMarked;
