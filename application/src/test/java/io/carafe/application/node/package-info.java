/**
 * A node in memory, for the tests of use cases: what a kill of the daemon leaves is in {@link
 * io.carafe.application.node.TestNode}, what it takes away in {@link io.carafe.application.node.TestDaemon}.
 */
@NullMarked
package io.carafe.application.node;

import org.jspecify.annotations.NullMarked;
