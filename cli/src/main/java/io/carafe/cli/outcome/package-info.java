/** How a command ends when it does not do what was asked. Read {@link io.carafe.cli.outcome.ExitCode}. */
@NullMarked
package io.carafe.cli.outcome;

import org.jspecify.annotations.NullMarked;
