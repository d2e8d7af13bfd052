package io.carafe.kata;

import io.carafe.ports.tck.runtime.HandlerKit;
import io.carafe.ports.tck.runtime.PodFeaturesTck;

class ShimPodFeaturesTckIT extends PodFeaturesTck {
    @Override
    protected HandlerKit kit() {
        return Kits.runcShim();
    }
}
