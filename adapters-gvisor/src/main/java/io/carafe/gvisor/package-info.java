/**
 * gVisor: pods in a kernel of their own, run by runsc. Read {@link io.carafe.gvisor.GvisorProvider}. What is here finds the
 * program and says honestly what is missing; running pods with it comes later.
 */
@NullMarked
package io.carafe.gvisor;

import org.jspecify.annotations.NullMarked;
