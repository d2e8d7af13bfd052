package io.carafe.kata;

import io.carafe.ports.tck.runtime.ContainerFeaturesTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class ShimContainerFeaturesTckIT extends ContainerFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
