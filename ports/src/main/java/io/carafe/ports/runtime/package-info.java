/**
 * The port behind which every handler stands: runc and crun through their command line and conmon, gVisor through runsc, Kata
 * and others through a shim. A handler is addressed by ids, keeps its own files in the directory it is given and decides no
 * state: it runs what it is told and tells the truth about it. Read {@link io.carafe.ports.runtime.RuntimeHandler} first.
 */
@NullMarked
package io.carafe.ports.runtime;

import org.jspecify.annotations.NullMarked;
