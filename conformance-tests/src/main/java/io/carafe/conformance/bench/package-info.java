/**
 * What a claim is written with: the connection to the endpoint under judgement and the pods, containers and images of one
 * test, all taken back after it. Read {@link io.carafe.conformance.bench.Bench} first.
 */
@NullMarked
package io.carafe.conformance.bench;

import org.jspecify.annotations.NullMarked;
