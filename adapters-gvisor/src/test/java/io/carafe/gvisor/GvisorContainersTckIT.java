package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.ContainersTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class GvisorContainersTckIT extends ContainersTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
