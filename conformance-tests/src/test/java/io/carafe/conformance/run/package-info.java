/** Tests of the report. Read {@link io.carafe.conformance.run.TableTest} first. */
@NullMarked
package io.carafe.conformance.run;

import org.jspecify.annotations.NullMarked;
