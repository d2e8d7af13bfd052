/**
 * The calls into the C library that the other packages build on: the binding, descriptors, errors.
 *
 * <p>Read {@link io.carafe.linux.libc.Kernel} first: every call that can fail goes through its check. The binding is made
 * at the first call (about 300 ms without an AOT cache) and never by loading a class of another package. Only packages of
 * this module use it, {@link io.carafe.linux.libc.LinuxException} and {@link io.carafe.linux.libc.Errno} apart.
 */
@NullMarked
package io.carafe.linux.libc;

import org.jspecify.annotations.NullMarked;
