/**
 * What people and scripts read: tables, JSON, sizes, ages, container logs, the spinner. Nothing here knows a verb. Read {@link
 * io.carafe.cli.text.Console} first.
 */
@NullMarked
package io.carafe.cli.text;

import org.jspecify.annotations.NullMarked;
