/** Tests of the suite itself: that nothing is left without a claim unseen. Read {@link io.carafe.conformance.CoverageTest} first. */
@NullMarked
package io.carafe.conformance;

import org.jspecify.annotations.NullMarked;
