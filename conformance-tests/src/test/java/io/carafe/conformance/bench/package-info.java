/** Tests of the bench itself. */
@NullMarked
package io.carafe.conformance.bench;

import org.jspecify.annotations.NullMarked;
