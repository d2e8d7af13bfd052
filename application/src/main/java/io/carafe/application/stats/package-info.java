/** What containers and pods use. Each figure has its own time; a slow container delays no other. */
@NullMarked
package io.carafe.application.stats;

import org.jspecify.annotations.NullMarked;
