/**
 * The configuration: TOML files become records, or a list of everything that is wrong with them, each with file and line.
 *
 * <p>Read {@link io.carafe.assembly.config.Configuration} for what can be set and
 * {@link io.carafe.assembly.config.ConfigurationFile} for how it is read. The shipped {@code conf/config.toml} documents every
 * key; a test holds the two together.
 */
@NullMarked
package io.carafe.assembly.config;

import org.jspecify.annotations.NullMarked;
