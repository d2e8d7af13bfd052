/**
 * Network, IPC and UTS namespaces that live by a bind mount, and code that runs inside one.
 *
 * <p>Read {@link io.carafe.linux.namespace.PinnedNamespaces} first. A thread that has changed its namespaces ends: see {@link
 * io.carafe.linux.namespace.NamespaceThread}.
 */
@NullMarked
package io.carafe.linux.namespace;

import org.jspecify.annotations.NullMarked;
