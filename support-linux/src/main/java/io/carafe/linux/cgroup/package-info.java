/**
 * Control groups as files, version 1, hybrid and version 2.
 *
 * <p>Read {@link io.carafe.linux.cgroup.CgroupHierarchy} first: it knows what is mounted and names a {@link
 * io.carafe.linux.cgroup.Cgroup}, one path in all trees. Source: cgroups(7), Documentation/admin-guide/cgroup-v2.rst.
 */
@NullMarked
package io.carafe.linux.cgroup;

import org.jspecify.annotations.NullMarked;
