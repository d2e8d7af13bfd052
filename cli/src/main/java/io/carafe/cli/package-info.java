/**
 * carafe, a command line for any CRI endpoint. {@link io.carafe.cli.CarafeCommand} puts the verbs together and decides exit codes;
 * read that first, then a verb, such as {@link io.carafe.cli.verb.PodsCommand}. It depends on the CRI stubs alone.
 */
@NullMarked
package io.carafe.cli;

import org.jspecify.annotations.NullMarked;
