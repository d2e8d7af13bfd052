/**
 * The client's side of exec, attach and port-forward: SPDY/3.1 to the URL that CRI answers, which every runtime speaks. Read {@link
 * io.carafe.cli.stream.SpdyConnection} first.
 */
@NullMarked
package io.carafe.cli.stream;

import org.jspecify.annotations.NullMarked;
