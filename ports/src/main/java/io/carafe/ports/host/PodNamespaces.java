package io.carafe.ports.host;

import io.carafe.domain.resource.NetworkUsage;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandboxId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Namespaces that live by a bind mount, without a process. They end with a reboot.
 *
 * <p>Source: namespaces(7); the paths live under the run directory.
 */
public interface PodNamespaces {
    /**
     * Makes and pins new namespaces, sets the sysctls that belong to them and the hostname, brings lo up.
     *
     * <p>Crash: afterwards {@link #unpin} removes what was made.
     *
     * @param types of NETWORK, IPC, UTS
     * @param hostname empty to keep the host's; only with UTS
     * @param sysctls names with dots; those of namespaces that are not pinned here are refused
     * @return the path of each, which a runtime can join
     * @throws io.carafe.domain.fault.Fault.InvalidArgument for a sysctl that is not of a namespace, or that the kernel refuses
     */
    Map<NamespaceType, Path> pin(
            PodSandboxId id, Set<NamespaceType> types, String hostname, Map<String, String> sysctls)
            throws InterruptedException;

    /** Removes all pins of a pod. Idempotent. */
    void unpin(PodSandboxId id);

    /** The pins of a pod that are alive: mounted, not only files. Empty after a reboot. */
    Map<NamespaceType, Path> observe(PodSandboxId id);

    /** Pods that have pins, also those no record knows. */
    Set<PodSandboxId> list();

    /** Counters of the pod's interfaces; empty if the namespace is gone. */
    Optional<NetworkUsage> networkUsage(PodSandboxId id) throws InterruptedException;
}
