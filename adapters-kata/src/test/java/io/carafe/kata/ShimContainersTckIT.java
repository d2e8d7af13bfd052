package io.carafe.kata;

import io.carafe.ports.tck.runtime.ContainersTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class ShimContainersTckIT extends ContainersTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
