/**
 * The endpoint that a command speaks to: the connection, and how a word a person typed becomes one pod, container or image.
 * Read {@link io.carafe.cli.endpoint.CriClient} first.
 */
@NullMarked
package io.carafe.cli.endpoint;

import org.jspecify.annotations.NullMarked;
