/**
 * Operations that are under way. Work belongs to the operation, not to the call: a caller whose deadline ran out retries and
 * joins. Read {@link io.carafe.application.journal.Operations}.
 */
@NullMarked
package io.carafe.application.journal;

import org.jspecify.annotations.NullMarked;
