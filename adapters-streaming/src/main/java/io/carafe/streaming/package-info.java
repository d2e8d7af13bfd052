/**
 * Where kubectl's exec, attach and port-forward will arrive, by the URLs that CRI answers. Read
 * {@link io.carafe.streaming.StreamingAvailability}: no stream is served yet, and it says so.
 */
@NullMarked
package io.carafe.streaming;

import org.jspecify.annotations.NullMarked;
