/**
 * The kit for handlers: extend {@link io.carafe.ports.tck.runtime.RuntimeHandlerTck}, {@link
 * io.carafe.ports.tck.runtime.SandboxesTck}, {@link io.carafe.ports.tck.runtime.ContainersTck}, {@link
 * io.carafe.ports.tck.runtime.ContainerStreamsTck}, {@link io.carafe.ports.tck.runtime.ExecsTck}, {@link
 * io.carafe.ports.tck.runtime.PodFeaturesTck}, {@link io.carafe.ports.tck.runtime.ContainerFeaturesTck} and {@link
 * io.carafe.ports.tck.runtime.DaemonDeathTck}, each with the same {@link io.carafe.ports.tck.runtime.HandlerKit}. They need root,
 * cgroups and a static busybox, and run real processes.
 */
@NullMarked
package io.carafe.ports.tck.runtime;

import org.jspecify.annotations.NullMarked;
