/**
 * One class per verb, named after it. A verb describes its options with picocli's programmatic model (no annotations: nothing is
 * looked up by reflection, so start-up stays short) and runs with what was parsed. Read {@link io.carafe.cli.verb.Verb} first.
 */
@NullMarked
package io.carafe.cli.verb;

import org.jspecify.annotations.NullMarked;
