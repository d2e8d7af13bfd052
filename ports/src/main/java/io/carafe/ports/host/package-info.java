/** What a pod needs of the host: namespaces, files, a cgroup, and what the host can do. */
@NullMarked
package io.carafe.ports.host;

import org.jspecify.annotations.NullMarked;
