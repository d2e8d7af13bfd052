/** Fork and join on virtual threads, in one class until the JDK's own is final. */
@NullMarked
package io.carafe.application.task;

import org.jspecify.annotations.NullMarked;
