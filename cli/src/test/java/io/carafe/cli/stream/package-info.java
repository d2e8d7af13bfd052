/** Tests of the package of this name. */
@NullMarked
package io.carafe.cli.stream;

import org.jspecify.annotations.NullMarked;
