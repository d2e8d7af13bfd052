/**
 * The host's ports by kernel calls: pinned namespaces, the files that a pod's containers share, its cgroup, and facts.
 *
 * <p>Read {@link io.carafe.adapters.linux.LinuxHostProvider} first; nothing else here is public. Each resource lies in a place of its
 * own named by the pod's id, so that it can be observed and removed without any record of it.
 */
@NullMarked
package io.carafe.adapters.linux;

import org.jspecify.annotations.NullMarked;
