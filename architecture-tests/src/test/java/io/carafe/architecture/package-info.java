/**
 * What the module boundaries and the style ask for, as tests of the compiled modules and their sources.
 *
 * <p>Read {@link io.carafe.architecture.Codebase} first: it is what the rules are asked about, and its own test makes sure that
 * no rule passes on nothing.
 */
@NullMarked
package io.carafe.architecture;

import org.jspecify.annotations.NullMarked;
