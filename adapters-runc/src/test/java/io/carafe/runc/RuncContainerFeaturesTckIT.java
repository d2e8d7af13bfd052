package io.carafe.runc;

import io.carafe.ports.tck.runtime.ContainerFeaturesTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class RuncContainerFeaturesTckIT extends ContainerFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runc();
    }
}
