package io.carafe.domain.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A pod sandbox as recorded. Immutable: a change is a new value.
 *
 * @param namespaces pinned namespaces by type; absent types are the host's or each container's own
 * @param cgroup the pod's cgroup, the parent of its containers' cgroups
 * @param networkReleased whether StopPodSandbox has given back the network and all else that it must; false also for a pod
 *     on the host's network, from the first effect on
 */
public record PodSandbox(
        PodSandboxId id,
        PodSandboxConfig config,
        HandlerBinding handler,
        SandboxState state,
        Map<NamespaceType, Path> namespaces,
        PodNetworkStatus network,
        boolean networkReleased,
        Optional<PodCgroupPath> cgroup) {
    public PodSandbox {
        namespaces = Map.copyOf(namespaces);
    }

    /** A sandbox that was just accepted: nothing is taken yet. */
    public static PodSandbox accepted(
            PodSandboxId id, PodSandboxConfig config, HandlerBinding handler, SandboxState.Creating state) {
        return new PodSandbox(id, config, handler, state, Map.of(), PodNetworkStatus.NONE, true, Optional.empty());
    }

    public boolean isReady() {
        return state instanceof SandboxState.Ready;
    }

    public PodSandbox with(SandboxState newState) {
        return new PodSandbox(id, config, handler, newState, namespaces, network, networkReleased, cgroup);
    }

    public PodSandbox withNamespaces(Map<NamespaceType, Path> pinned) {
        return new PodSandbox(id, config, handler, state, pinned, network, networkReleased, cgroup);
    }

    public PodSandbox withCgroup(PodCgroupPath path) {
        return new PodSandbox(id, config, handler, state, namespaces, network, networkReleased, Optional.of(path));
    }

    /** Before the first effect: from here on a stop is owed, and a CNI DEL with it. */
    public PodSandbox attachingNetwork() {
        return new PodSandbox(id, config, handler, state, namespaces, network, false, cgroup);
    }

    public PodSandbox withNetwork(PodNetworkStatus status) {
        return new PodSandbox(id, config, handler, state, namespaces, status, false, cgroup);
    }

    /** After the CNI DEL and all else that a stop does. The addresses stay readable. */
    public PodSandbox withNetworkReleased() {
        return new PodSandbox(id, config, handler, state, namespaces, network, true, cgroup);
    }
}
