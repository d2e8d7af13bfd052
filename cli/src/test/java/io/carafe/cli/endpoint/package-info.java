/** Tests of the package of this name; where a runtime is needed, one of a few lines answers on a unix socket. */
@NullMarked
package io.carafe.cli.endpoint;

import org.jspecify.annotations.NullMarked;
