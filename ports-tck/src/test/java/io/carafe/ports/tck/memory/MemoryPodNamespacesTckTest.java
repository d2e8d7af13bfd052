package io.carafe.ports.tck.memory;

import io.carafe.ports.host.PodNamespaces;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodNamespacesTck;
import java.time.InstantSource;

class MemoryPodNamespacesTckTest extends PodNamespacesTck {
    private final MemoryPodNamespaces memory = new MemoryPodNamespaces(InstantSource.system());

    @Override
    protected PodNamespaces create(BackendContext context) {
        return memory;
    }
}
