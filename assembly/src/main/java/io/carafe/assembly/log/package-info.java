/**
 * The log: one line an event to standard error, {@code time level logger message key=value}, made from what the modules say
 * through {@link java.lang.System.Logger}. Read {@link io.carafe.assembly.log.LogFormat} first.
 */
@NullMarked
package io.carafe.assembly.log;

import org.jspecify.annotations.NullMarked;
