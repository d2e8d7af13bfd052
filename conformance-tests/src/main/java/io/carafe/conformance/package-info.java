/**
 * The claims: what the CRI proto and the official suite say that a runtime does, asked of any endpoint over its socket. A class
 * an area; a {@link io.carafe.conformance.bench.Claim} a statement. {@code behaviours.txt} among the resources lists what the
 * claims have to answer. Read {@link io.carafe.conformance.PodSandboxConformance} first.
 */
@NullMarked
package io.carafe.conformance;

import org.jspecify.annotations.NullMarked;
