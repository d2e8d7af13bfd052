/**
 * Which hosts answer for a registry, and how each is reached: the directories {@code certs.d/<registry>} with containerd's
 * {@code hosts.toml}, or Docker's certificate files. Read {@link io.carafe.registry.hosts.RegistryHosts} first. Pure
 * configuration: nothing here talks to a network.
 */
@NullMarked
package io.carafe.registry.hosts;

import org.jspecify.annotations.NullMarked;
