package io.carafe.ports.tck.memory;

import io.carafe.domain.sandbox.PodSandboxId;
import io.carafe.ports.network.PodNetwork;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodNetworkTck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class MemoryPodNetworkTckTest extends PodNetworkTck {
    private final Map<PodSandboxId, String> addresses = new HashMap<>();
    private MemoryPodNetwork last = new MemoryPodNetwork(addresses);

    @Override
    protected PodNetwork create(BackendContext context) {
        last = new MemoryPodNetwork(addresses);
        return last;
    }

    @Override
    protected void unconfigure() {
        last.configured(false);
    }

    @Override
    protected Path makeNamespace(PodSandboxId id) {
        return directory.resolve(id.value());
    }

    @Override
    protected void removeNamespace(PodSandboxId id) {
        // it is only a name
    }

    @Override
    protected Set<String> held(PodSandboxId id) {
        return Optional.ofNullable(addresses.get(id)).map(Set::of).orElse(Set.of());
    }
}
