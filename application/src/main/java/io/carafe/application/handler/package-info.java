/** The configured handlers, by the name that RuntimeClass.handler says. */
@NullMarked
package io.carafe.application.handler;

import org.jspecify.annotations.NullMarked;
