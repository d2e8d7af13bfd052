/** What the handlers' kit is made of. */
@NullMarked
package io.carafe.ports.tck.runtime;

import org.jspecify.annotations.NullMarked;
