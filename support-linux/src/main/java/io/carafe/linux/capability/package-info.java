/**
 * What this process and kernel may do. Read {@link io.carafe.linux.capability.ProcessStatus} for the process and {@link
 * io.carafe.linux.capability.KernelFeatures} for the kernel.
 */
@NullMarked
package io.carafe.linux.capability;

import org.jspecify.annotations.NullMarked;
