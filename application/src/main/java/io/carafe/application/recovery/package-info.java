/** What the daemon does at its start with what it finds. Read {@link io.carafe.application.recovery.RecoverNode}. */
@NullMarked
package io.carafe.application.recovery;

import org.jspecify.annotations.NullMarked;
