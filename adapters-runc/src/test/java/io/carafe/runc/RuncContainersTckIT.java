package io.carafe.runc;

import io.carafe.ports.tck.runtime.ContainersTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class RuncContainersTckIT extends ContainersTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
