package io.carafe.ports.runtime;

import io.carafe.domain.sandbox.NamespaceType;
import java.util.Set;

/**
 * What the application must make before {@link Sandboxes#run}.
 *
 * @param pinned namespaces to pin for the pod (of those that the pod does not share with the host)
 * @param sandboxContainer whether the plan must carry the spec of a sandbox container
 */
public record SandboxNeeds(Set<NamespaceType> pinned, boolean sandboxContainer) {
    public SandboxNeeds {
        pinned = Set.copyOf(pinned);
    }
}
