package io.carafe.ports.runtime;

import io.carafe.domain.sandbox.NamespaceType;
import io.carafe.domain.sandbox.PodCgroupPath;
import io.carafe.domain.sandbox.PodSandboxConfig;
import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.domain.spec.OciSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All that a handler must know to bring up a sandbox. The network is attached already.
 *
 * @param namespaces pinned namespaces by type
 * @param spec of the sandbox container, where {@link SandboxNeeds#sandboxContainer} asked for one; its root path is empty: the
 *     handler puts its pause executable into a root of its own and fills it in
 * @param cgroup parent of every cgroup of the pod
 */
public record SandboxPlan(
        PodSandboxId id,
        PodSandboxConfig config,
        Map<NamespaceType, Path> namespaces,
        Optional<OciSpec> spec,
        PodCgroupPath cgroup) {
    public SandboxPlan {
        namespaces = Map.copyOf(namespaces);
    }
}
