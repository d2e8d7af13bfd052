/** Compensation: what was taken is given back in reverse order. */
@NullMarked
package io.carafe.application.undo;

import org.jspecify.annotations.NullMarked;
