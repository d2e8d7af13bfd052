/**
 * Handlers driven by a shim (containerd's shim v2): Kata, and any other. Read {@link io.carafe.kata.KataProvider}. What is
 * here finds the programs and the host's devices and says honestly what is missing; running pods with them comes later.
 */
@NullMarked
package io.carafe.kata;

import org.jspecify.annotations.NullMarked;
