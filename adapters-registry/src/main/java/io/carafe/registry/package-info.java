/**
 * An OCI distribution client. Read {@link io.carafe.registry.DistributionRegistryProvider} first, then {@code
 * DistributionRegistry}: it asks the hosts of a registry one after the other ({@code HostRounds}) through one class per
 * endpoint ({@code ManifestPuller}, {@code BlobPuller}). Source: OCI distribution-spec v1.1.
 */
@NullMarked
package io.carafe.registry;

import org.jspecify.annotations.NullMarked;
