/**
 * The one error vocabulary: {@link io.carafe.domain.fault.Fault} and its kinds are the only exceptions that cross a module
 * boundary. Adapters translate at their edge and keep the cause; nothing logs and throws. The mapping to gRPC status codes
 * stands in one place, the CRI server.
 */
@NullMarked
package io.carafe.domain.fault;

import org.jspecify.annotations.NullMarked;
