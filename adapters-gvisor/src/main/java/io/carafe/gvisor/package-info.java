/**
 * gVisor: pods in a kernel of their own, run by runsc. Read {@link io.carafe.gvisor.GvisorHandler} first, then {@link
 * io.carafe.gvisor.Waiter}, by which a container inside a sandbox gets a process on the host that conmon can watch.
 *
 * <p>A sandbox is a process; containers are none. So what happens to one is told by runsc only, and what is written down about it by
 * its waiter.
 */
@NullMarked
package io.carafe.gvisor;

import org.jspecify.annotations.NullMarked;
