package io.carafe.gvisor;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.PodFeaturesTck;

class GvisorPodFeaturesTckIT extends PodFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.host();
    }
}
