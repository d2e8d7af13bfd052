/** The terminal that a program was started on. Read {@link io.carafe.linux.terminal.Terminal}. */
@NullMarked
package io.carafe.linux.terminal;

import org.jspecify.annotations.NullMarked;
