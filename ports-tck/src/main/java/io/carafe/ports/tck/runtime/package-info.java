/**
 * The kit for handlers: extend {@link io.carafe.ports.tck.runtime.RuntimeHandlerTck}, {@link
 * io.carafe.ports.tck.runtime.SandboxesTck}, {@link io.carafe.ports.tck.runtime.ContainersTck} and {@link
 * io.carafe.ports.tck.runtime.ExecsTck}, each with the same {@link io.carafe.ports.tck.runtime.HandlerKit}. They need root, cgroups
 * and a static busybox, and run real processes.
 */
@NullMarked
package io.carafe.ports.tck.runtime;

import org.jspecify.annotations.NullMarked;
