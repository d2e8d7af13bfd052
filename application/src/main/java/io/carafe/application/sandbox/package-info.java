/** Pod sandboxes: one class per CRI verb. Read {@link io.carafe.application.sandbox.RunPodSandbox} first. */
@NullMarked
package io.carafe.application.sandbox;

import org.jspecify.annotations.NullMarked;
