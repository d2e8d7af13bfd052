package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.ContainerStreamsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class GvisorContainerStreamsTckIT extends ContainerStreamsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
