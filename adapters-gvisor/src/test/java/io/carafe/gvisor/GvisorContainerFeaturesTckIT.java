package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.ContainerFeaturesTck;
import io.carafe.ports.tck.runtime.HandlerKit;

class GvisorContainerFeaturesTckIT extends ContainerFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
