package io.carafe.ports.tck.memory;

import io.carafe.ports.host.PodFiles;
import io.carafe.ports.spi.BackendContext;
import io.carafe.ports.tck.PodFilesTck;

class MemoryPodFilesTckTest extends PodFilesTck {
    @Override
    protected PodFiles create(BackendContext context) {
        return new MemoryPodFiles(context.stateDirectory().resolve("pods"));
    }
}
