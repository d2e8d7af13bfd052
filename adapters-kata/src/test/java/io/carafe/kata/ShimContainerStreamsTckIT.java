package io.carafe.kata;

import io.carafe.ports.tck.runtime.ContainerStreamsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class ShimContainerStreamsTckIT extends ContainerStreamsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
