/**
 * How the suite is started and what it reports: a table by area, JUnit XML, the counts. {@code conformance-tests/run} and its
 * neighbours start {@link io.carafe.conformance.run.ConformanceCommand}; read that first.
 */
@NullMarked
package io.carafe.conformance.run;

import org.jspecify.annotations.NullMarked;
