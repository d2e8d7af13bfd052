/**
 * A client of shims (containerd's shim v2): how one is started, and its task service. Read {@link io.carafe.oci.shim.ShimProgram}
 * first, then {@link io.carafe.oci.shim.TaskClient}.
 *
 * <p>Source: github.com/containerd/containerd core/runtime/v2/README.md, api/runtime/task/v3/shim.proto.
 */
@NullMarked
package io.carafe.oci.shim;

import org.jspecify.annotations.NullMarked;
