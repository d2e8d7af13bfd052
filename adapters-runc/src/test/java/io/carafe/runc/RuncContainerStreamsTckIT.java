package io.carafe.runc;

import io.carafe.ports.tck.runtime.ContainerStreamsTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class RuncContainerStreamsTckIT extends ContainerStreamsTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
