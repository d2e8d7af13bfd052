/** Images: where they come from, where their content lies, how root file systems are made of them. */
@NullMarked
package io.carafe.ports.image;

import org.jspecify.annotations.NullMarked;
