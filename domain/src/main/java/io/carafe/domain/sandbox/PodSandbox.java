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
 * @param boot of the host, in which it was accepted: no process of it outlives that; empty in records of before this was kept
 */
public record PodSandbox(
        PodSandboxId id,
        PodSandboxConfig config,
        HandlerBinding handler,
        SandboxState state,
        Map<NamespaceType, Path> namespaces,
        PodNetworkStatus network,
        boolean networkReleased,
        Optional<PodCgroupPath> cgroup,
        Optional<String> boot) {
    public PodSandbox {
        namespaces = Map.copyOf(namespaces);
    }

    /** A sandbox that was just accepted: nothing is taken yet. */
    public static PodSandbox accepted(
            PodSandboxId id, PodSandboxConfig config, HandlerBinding handler, SandboxState.Creating state) {
        return new PodSandbox(
                id, config, handler, state, Map.of(), PodNetworkStatus.NONE, true, Optional.empty(), Optional.empty());
    }

    public boolean isReady() {
        return state instanceof SandboxState.Ready;
    }

    public PodSandbox with(SandboxState newState) {
        return new PodSandbox(id, config, handler, newState, namespaces, network, networkReleased, cgroup, boot);
    }

    public PodSandbox withNamespaces(Map<NamespaceType, Path> pinned) {
        return new PodSandbox(id, config, handler, state, pinned, network, networkReleased, cgroup, boot);
    }

    public PodSandbox withCgroup(PodCgroupPath path) {
        return new PodSandbox(
                id, config, handler, state, namespaces, network, networkReleased, Optional.of(path), boot);
    }

    public PodSandbox inBoot(String hostsBoot) {
        return new PodSandbox(
                id, config, handler, state, namespaces, network, networkReleased, cgroup, Optional.of(hostsBoot));
    }

    /** False where it is not known in which it was accepted. */
    public boolean isOfAnotherBoot(String hostsBoot) {
        return boot.isPresent() && !boot.get().equals(hostsBoot);
    }

    /** Before the first effect: from here on a stop is owed, and a CNI DEL with it. */
    public PodSandbox attachingNetwork() {
        return new PodSandbox(id, config, handler, state, namespaces, network, false, cgroup, boot);
    }

    public PodSandbox withNetwork(PodNetworkStatus status) {
        return new PodSandbox(id, config, handler, state, namespaces, status, false, cgroup, boot);
    }

    /** After the CNI DEL and all else that a stop does. The addresses stay readable. */
    public PodSandbox withNetworkReleased() {
        return new PodSandbox(id, config, handler, state, namespaces, network, true, cgroup, boot);
    }
}
