package io.carafe.domain.launch;

import io.carafe.domain.container.ContainerSecurity;
import io.carafe.domain.sandbox.IdMapping;
import io.carafe.domain.sandbox.NamespaceMode;
import io.carafe.domain.sandbox.NamespaceOptions;
import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodSandbox;
import io.carafe.domain.sandbox.UserNamespace;
import io.carafe.domain.spec.OciIdMapping;
import io.carafe.domain.spec.OciNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which namespaces are joined by path, which are made, which stay the host's. A type that the pod should have but that is not
 * pinned is asked for without a path: the handler has it inside its own sandbox.
 */
final class SpecNamespaces {
    private SpecNamespaces() {}

    static List<OciNamespace> ofContainer(
            ContainerSecurity security, PodSandbox sandbox, Optional<Path> pidNamespace, HostProfile host) {
        NamespaceOptions options = security.namespaces();
        List<OciNamespace> namespaces = new ArrayList<>();
        switch (options.pid()) {
            case CONTAINER -> namespaces.add(fresh(NamespaceType.PID));
            case POD, TARGET ->
                namespaces.add(new OciNamespace(NamespaceType.PID.specName(), pidNamespace.map(Path::toString)));
            case NODE -> {}
        }
        addPodNamespaces(namespaces, options, sandbox);
        addCgroupNamespace(namespaces, security.privileged(), host);
        return namespaces;
    }

    static List<OciNamespace> ofSandbox(PodSandbox sandbox, HostProfile host) {
        NamespaceOptions options = sandbox.config().security().namespaces();
        List<OciNamespace> namespaces = new ArrayList<>();
        if (options.pid() != NamespaceMode.NODE) {
            namespaces.add(fresh(NamespaceType.PID));
        }
        addPodNamespaces(namespaces, options, sandbox);
        addCgroupNamespace(namespaces, sandbox.config().security().privileged(), host);
        return namespaces;
    }

    /** Only a pod with a UTS namespace of its own has a hostname; runtimes refuse one without the other. */
    static String hostname(PodSandbox sandbox) {
        return sandbox.config().security().namespaces().hostNetwork()
                ? ""
                : sandbox.config().hostname();
    }

    static boolean hasUserNamespace(PodSandbox sandbox) {
        return userNamespace(sandbox).isPresent();
    }

    static List<OciIdMapping> uidMappings(PodSandbox sandbox) {
        return userNamespace(sandbox).map(user -> mappings(user.uids())).orElse(List.of());
    }

    static List<OciIdMapping> gidMappings(PodSandbox sandbox) {
        return userNamespace(sandbox).map(user -> mappings(user.gids())).orElse(List.of());
    }

    private static Optional<UserNamespace> userNamespace(PodSandbox sandbox) {
        return sandbox.config()
                .security()
                .namespaces()
                .userNamespace()
                .filter(user -> user.mode() == NamespaceMode.POD);
    }

    private static List<OciIdMapping> mappings(List<IdMapping> mappings) {
        return mappings.stream()
                .map(mapping -> new OciIdMapping(mapping.containerId(), mapping.hostId(), mapping.length()))
                .toList();
    }

    /** What the pod shares is the pod's to say: a container that asks for the pod's network gets the host's if the pod has that. */
    private static void addPodNamespaces(List<OciNamespace> namespaces, NamespaceOptions options, PodSandbox sandbox) {
        NamespaceOptions ofPod = sandbox.config().security().namespaces();
        boolean hostNetwork = options.hostNetwork() || ofPod.hostNetwork();
        if (!hostNetwork) {
            namespaces.add(ofPod(NamespaceType.NETWORK, sandbox));
        }
        switch (options.ipc()) {
            case POD, TARGET -> {
                if (ofPod.ipc() != NamespaceMode.NODE) {
                    namespaces.add(ofPod(NamespaceType.IPC, sandbox));
                }
            }
            case CONTAINER -> namespaces.add(fresh(NamespaceType.IPC));
            case NODE -> {}
        }
        // CRI has no mode for UTS: a pod in the host's network has the host's name
        if (!hostNetwork) {
            namespaces.add(ofPod(NamespaceType.UTS, sandbox));
        }
        namespaces.add(fresh(NamespaceType.MOUNT));
        if (hasUserNamespace(sandbox)) {
            namespaces.add(ofPod(NamespaceType.USER, sandbox));
        }
    }

    /** On v1 the cgroup mount shows the container's own part without one; a privileged container sees the host's tree. */
    private static void addCgroupNamespace(List<OciNamespace> namespaces, boolean privileged, HostProfile host) {
        if (host.cgroupV2() && !privileged) {
            namespaces.add(fresh(NamespaceType.CGROUP));
        }
    }

    private static OciNamespace ofPod(NamespaceType type, PodSandbox sandbox) {
        return new OciNamespace(
                type.specName(),
                Optional.ofNullable(sandbox.namespaces().get(type)).map(Path::toString));
    }

    private static OciNamespace fresh(NamespaceType type) {
        return new OciNamespace(type.specName(), Optional.empty());
    }
}
